import { Yield, type YieldOptions } from "../errors/job-error.js";
import type { Enqueued } from "../jobs/record.js";
import type { JobSpec } from "../jobs/spec.js";
import type { AbortCause, AcquireOptions, Job, JobContext, LogLevel } from "./job.js";

/** Where a lease is between its arrival and the server's acknowledgement of its report. @internal */
export const QUEUED = 0;
/** Its handler runs. @internal */
export const RUNNING = 1;
/** Its report is made but not acknowledged. @internal */
export const FINISHED = 2;
/** No longer ours. @internal */
export const GONE = 3;

/** What a lease needs from the worker that holds it. @internal */
export interface LeaseHost {
  checkpoint(lease: Lease, name: string, value: unknown): Promise<void>;
  extend(lease: Lease): Promise<void>;
  progress(lease: Lease, name: string, done: number, total: number | null): void;
  log(lease: Lease, level: LogLevel, line: string): void;
  acquire(lease: Lease, limit: string, options: AcquireOptions): Promise<boolean>;
  enqueueChildren(lease: Lease, children: readonly JobSpec[]): Promise<Enqueued[]>;
}

/** A job that this worker holds; its handler knows it as its {@link JobContext}. One small object a job, and no more. @internal */
export class Lease implements JobContext {
  /** One of the four states above. */
  state: number = QUEUED;
  aborted: AbortCause | null = null;
  /** When the handler was called. */
  startedAt = 0;
  /** When the attempt has run too long. */
  deadline = Infinity;
  /** How long the attempt may run, in milliseconds. */
  timeout = Infinity;
  /** JSON text of the report, once finished. */
  report = "";
  /** Settles when all checkpoints under way are settled. */
  checkpointing: Promise<unknown> | null = null;
  private controller: AbortController | null = null;

  constructor(
    readonly job: Job,
    private readonly host: LeaseHost,
  ) {}

  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.aborted !== null) this.controller.abort(this.aborted);
    }
    return this.controller.signal;
  }

  get checkpoints(): Record<string, unknown> {
    const job = this.job as { checkpoints?: Record<string, unknown> | null };
    return (job.checkpoints ??= {});
  }

  /** Asks the handler to stop; the first cause stays. */
  abort(cause: AbortCause): void {
    if (this.aborted !== null) return;
    this.aborted = cause;
    this.controller?.abort(cause);
  }

  checkpoint(name: string, value: unknown): Promise<void> {
    const sent = this.host.checkpoint(this, name, value);
    this.checkpointing = Promise.allSettled([this.checkpointing, sent]);
    return sent;
  }

  extend(): Promise<void> {
    return this.host.extend(this);
  }

  progress(name: string, done: number, total: number | null = null): void {
    this.host.progress(this, name, done, total);
  }

  log(level: LogLevel, line: string): void {
    this.host.log(this, level, line);
  }

  acquire(limit: string, options: AcquireOptions = {}): Promise<boolean> {
    return this.host.acquire(this, limit, options);
  }

  enqueueChildren(children: readonly JobSpec[]): Promise<Enqueued[]> {
    return this.host.enqueueChildren(this, children);
  }

  yield(options: YieldOptions = {}): Yield {
    return new Yield(undefined, options);
  }
}
