import { JobError, Yield } from "../errors/job-error.js";
import type { Surroundings } from "../time/surroundings.js";
import type { Emitter } from "./emitter.js";
import type { WorkerEvents } from "./events.js";
import { Fifo } from "./fifo.js";
import type { Handler, Job } from "./job.js";
import { FINISHED, Lease, QUEUED, RUNNING, type LeaseHost } from "./lease.js";
import type { LeaseBook } from "./lease-book.js";
import type { Outbox } from "./outbox.js";
import { completion, failure, giveBack, isYield, type Outcome } from "./report.js";
import type { Telemetry } from "./telemetry.js";
import { TimeoutReader } from "./timeout-reader.js";

/** What a pool works with. @internal */
export interface PoolParts {
  handlers: Map<string, Handler>;
  book: LeaseBook;
  outbox: Outbox;
  telemetry: Telemetry;
  events: Emitter<WorkerEvents>;
  host: LeaseHost;
  around: Surroundings;
}

/** Handlers that finish at once may hold the event loop this long (ms) before reports, pings and interrupts get their turn. */
const LONGEST_TURN = 10;

/**
 * Runs handlers: at most `slots` at once, the rest waits in order. The path of a job through here is the hot path of the
 * worker: no timer, no promise and no closure of ours for a handler that returns its result directly.
 * @internal
 */
export class Pool {
  /** Handlers that run, including those that were asked to stop and have not. */
  running = 0;
  /** Jobs whose handler has ended and whose checkpoints are still on their way. */
  settling = 0;
  /** True while no handler may be started: no connection, or leaving. */
  paused = true;
  /** True while jobs that arrive are given back at once. */
  refusing = false;
  /** Called when a handler has ended and none was started in its place. */
  onIdle: () => void = () => {};
  private readonly queue = new Fifo<Lease>();
  private readonly timeouts = new TimeoutReader();
  private pumping = false;
  private turnEnd = 0;

  constructor(
    /** How many handlers may run at once. */
    public slots: number,
    private readonly parts: PoolParts,
  ) {}

  /** Jobs that wait for a slot, those that were lost meanwhile included. */
  get queued(): number {
    return this.queue.length;
  }

  /** Takes what the server sent. */
  take(jobs: Job[]): void {
    const { book, host } = this.parts;
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs[i]!;
      if (book.has(job.lease)) continue;
      const lease = new Lease(job, host);
      book.add(lease);
      this.queue.push(lease);
    }
    if (this.refusing) this.giveBackQueued();
    else this.pump();
  }

  /** Starts what may be started. */
  readonly pump = (): void => {
    if (this.pumping || this.paused) return;
    this.pumping = true;
    while (this.running < this.slots && this.queue.length > 0 && this.mayGoOn()) {
      const lease = this.queue.shift()!;
      if (lease.state === QUEUED) this.start(lease);
    }
    this.pumping = false;
  };

  /** Gives back all that has not been started. */
  giveBackQueued(): void {
    for (let lease = this.queue.shift(); lease !== undefined; lease = this.queue.shift()) {
      if (lease.state === QUEUED) this.report(lease, giveBack(lease, 0));
    }
  }

  /** Asks the handler of a lease to stop; what has not been started is reported at once. */
  abort(id: string, cause: "interrupt" | "cancel"): void {
    const lease = this.parts.book.abort(id, cause);
    if (lease === undefined || lease.state !== QUEUED) return;
    const never = new JobError("Cancelled before it was started.", { code: "cancelled", final: true });
    this.report(lease, cause === "interrupt" ? giveBack(lease, 0) : failure(lease, never, 0));
  }

  private mayGoOn(): boolean {
    if (this.turnEnd === 0) {
      this.turnEnd = this.parts.around.now() + LONGEST_TURN;
      this.parts.around.soon(this.endTurn);
      return true;
    }
    return this.parts.around.now() < this.turnEnd;
  }

  private readonly endTurn = (): void => {
    this.turnEnd = 0;
    this.pump();
  };

  private start(lease: Lease): void {
    const { job } = lease;
    const { around, events, handlers } = this.parts;
    this.running++;
    lease.state = RUNNING;
    lease.startedAt = around.now();
    lease.timeout = this.timeouts.read(job.timeout);
    lease.deadline = lease.startedAt + lease.timeout;
    if (events.has("job")) events.emit("job", { job });
    try {
      const handler = handlers.get(job.type) ?? handlers.get("*");
      if (handler === undefined) throw new JobError(`This worker has no handler for "${job.type}".`, { code: "no_handler" });
      this.follow(lease, handler(job, lease));
    } catch (error) {
      this.threw(lease, error);
    }
  }

  private follow(lease: Lease, value: unknown): void {
    if (isPromise(value)) value.then((result) => this.returned(lease, result), (error: unknown) => this.threw(lease, error));
    else this.returned(lease, value);
  }

  private returned(lease: Lease, result: unknown): void {
    const ms = this.parts.around.now() - lease.startedAt;
    if (result instanceof Yield) this.finish(lease, "yield", giveBack(lease, ms, result), undefined, ms);
    else this.finish(lease, "complete", completion(lease, result, ms), undefined, ms);
  }

  private threw(lease: Lease, error: unknown): void {
    const ms = this.parts.around.now() - lease.startedAt;
    if (isYield(lease, error)) this.finish(lease, "yield", giveBack(lease, ms, error), undefined, ms);
    else this.finish(lease, "fail", failure(lease, error, ms), error, ms);
  }

  private finish(lease: Lease, outcome: Outcome, report: string, error: unknown, ms: number): void {
    const { events } = this.parts;
    this.running--;
    if (lease.state === RUNNING) {
      if (lease.checkpointing === null) this.report(lease, report);
      else this.reportAfterCheckpoints(lease, report, lease.checkpointing);
      if (events.has("done")) events.emit("done", { job: lease.job, outcome, error, ms });
    }
    this.pump();
    if (this.running === 0) this.onIdle();
  }

  private reportAfterCheckpoints(lease: Lease, report: string, checkpoints: Promise<unknown>): void {
    this.settling++;
    void checkpoints.then(() => {
      this.settling--;
      this.report(lease, report);
    });
  }

  private report(lease: Lease, report: string): void {
    if (lease.state > RUNNING) return;
    lease.state = FINISHED;
    lease.report = report;
    this.parts.telemetry.flushOf(lease);
    this.parts.outbox.push(lease);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
