import { JobError, Yield } from "../errors/job-error.js";
import type { JobSpec } from "../jobs/spec.js";
import type { AcquireOptions, Job, JobContext } from "../worker/job.js";
import { pack, unpack, type Order, type Word } from "./messages.js";

/** As much of a Web Worker as is needed. @internal */
export interface Engine {
  postMessage(order: Order): void;
  terminate(): void;
  onmessage: ((event: { data: Word }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

interface Running {
  ctx: JobContext;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** One thread, seen from its page: jobs go in, outcomes come out, and what handlers ask for between is done here. @internal */
export class Thread {
  /** The types that its script serves; rejects when the script cannot be run. */
  readonly types: Promise<string[]>;
  private readonly jobs = new Map<string, Running>();
  private fail: (error: Error) => void = () => {};

  constructor(
    private readonly engine: Engine,
    fault: (error: Error) => void,
  ) {
    this.types = new Promise((resolve, reject) => {
      engine.onmessage = ({ data }) => (data.kind === "ready" ? resolve(data.types) : this.hear(data));
      this.fail = reject;
    });
    engine.onerror = ({ message }) => {
      const error = new Error(`The worker script failed: ${message ?? "it cannot be loaded"}`);
      this.fail(error);
      fault(error);
    };
  }

  /** How many jobs it has. */
  get load(): number {
    return this.jobs.size;
  }

  /** Runs a job; settles as its handler does. */
  run(job: Job, ctx: JobContext): Promise<unknown> {
    const { lease } = job;
    const abort = () => this.engine.postMessage({ kind: "abort", lease, cause: ctx.aborted ?? "lost" });
    return new Promise((resolve, reject) => {
      this.jobs.set(lease, { ctx, resolve, reject });
      this.engine.postMessage({ kind: "run", job });
      if (ctx.signal.aborted) abort();
      else ctx.signal.addEventListener("abort", abort, { once: true });
    }).finally(() => {
      this.jobs.delete(lease);
      ctx.signal.removeEventListener("abort", abort);
    });
  }

  /** Ends the thread; what it runs fails. */
  close(): void {
    this.engine.terminate();
    for (const { reject } of this.jobs.values()) reject(new JobError("The thread was ended.", { code: "thread_ended" }));
  }

  private hear(word: Exclude<Word, { kind: "ready" }>): void {
    const job = this.jobs.get(word.lease);
    if (job === undefined) return;
    if (word.kind === "done") job.resolve(word.result);
    else if (word.kind === "yield") job.resolve(new Yield(undefined, word.options));
    else if (word.kind === "fail") job.reject(unpack(word.error));
    else if (word.kind === "progress") job.ctx.progress(word.name, word.done, word.total);
    else if (word.kind === "log") job.ctx.log(word.level, word.line);
    else void this.serve(job.ctx, word);
  }

  private async serve(ctx: JobContext, { call, method, args }: Extract<Word, { kind: "call" }>): Promise<void> {
    try {
      const value = await perform(ctx, method, args);
      this.engine.postMessage({ kind: "answer", call, value });
    } catch (error) {
      this.engine.postMessage({ kind: "refusal", call, error: pack(error) });
    }
  }
}

function perform(ctx: JobContext, method: Extract<Word, { kind: "call" }>["method"], args: unknown[]): Promise<unknown> {
  if (method === "checkpoint") return ctx.checkpoint(args[0] as string, args[1]);
  if (method === "enqueueChildren") return ctx.enqueueChildren(args[0] as JobSpec[]);
  return method === "extend" ? ctx.extend() : ctx.acquire(args[0] as string, args[1] as AcquireOptions);
}
