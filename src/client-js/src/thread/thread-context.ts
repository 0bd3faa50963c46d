import { Yield, type YieldOptions } from "../errors/job-error.js";
import type { Enqueued } from "../jobs/record.js";
import type { JobSpec } from "../jobs/spec.js";
import type { AbortCause, AcquireOptions, Job, JobContext, LogLevel } from "../worker/job.js";
import type { Method, Word } from "./messages.js";

/** The way to the page. @internal */
export interface PageSide {
  ask(call: { lease: string; method: Method; args: unknown[] }): Promise<unknown>;
  tell(word: Word): void;
}

/** A handler's context in a thread: all that it does happens on the page. @internal */
export class ThreadContext implements JobContext {
  aborted: AbortCause | null = null;
  readonly checkpoints: Record<string, unknown>;
  private readonly controller = new AbortController();

  constructor(
    private readonly job: Job,
    private readonly page: PageSide,
  ) {
    this.checkpoints = { ...job.checkpoints };
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(cause: AbortCause): void {
    this.aborted ??= cause;
    this.controller.abort(this.aborted);
  }

  async checkpoint(name: string, value: unknown): Promise<void> {
    await this.ask("checkpoint", name, value);
    this.checkpoints[name] = value;
  }

  async extend(): Promise<void> {
    await this.ask("extend");
  }

  acquire(limit: string, options: AcquireOptions = {}): Promise<boolean> {
    return this.ask("acquire", limit, options) as Promise<boolean>;
  }

  progress(name: string, done: number, total: number | null = null): void {
    this.page.tell({ kind: "progress", lease: this.job.lease, name, done, total });
  }

  log(level: LogLevel, line: string): void {
    this.page.tell({ kind: "log", lease: this.job.lease, level, line });
  }

  enqueueChildren(children: readonly JobSpec[]): Promise<Enqueued[]> {
    return this.ask("enqueueChildren", children) as Promise<Enqueued[]>;
  }

  yield(options: YieldOptions = {}): Yield {
    return new Yield(undefined, options);
  }

  private ask(method: Method, ...args: unknown[]): Promise<unknown> {
    return this.page.ask({ lease: this.job.lease, method, args });
  }
}
