import { milliseconds, type Duration } from "../time/duration.js";
import { world, type Surroundings } from "../time/surroundings.js";
import { depart } from "./departure.js";
import { Emitter } from "./emitter.js";
import type { WorkerEvents } from "./events.js";
import { LeaseBook } from "./lease-book.js";
import { resolveWorker, type WorkerOptions } from "./options.js";
import { watchPage } from "./page.js";
import { Session } from "./session.js";
import { Threads } from "../thread/threads.js";
import type { WorcrError } from "../errors/worcr-error.js";
import { WaitingRoom } from "./waiting-room.js";

/** How patiently to leave. */
export interface DrainOptions {
  /** How long running handlers may finish before they are interrupted. Default: 30 s. */
  timeout?: Duration;
  /** How long interrupted handlers have to end. Default: 5 s. */
  grace?: Duration;
}

/**
 * Runs jobs. Connects to the server and stays connected: when the connection is lost it tries again for ever, with growing random
 * waits up to 15 s, keeps running handlers going meanwhile, and loses no report. Works in Node and in browser pages.
 */
export class Worker {
  private readonly book = new LeaseBook();
  private readonly events = new Emitter<WorkerEvents>();
  private readonly room: WaitingRoom;
  private readonly session: Session;
  private readonly threads: Threads | null;
  private ignorePage = (): void => {};
  private started: Promise<void> | null = null;
  private departure: Promise<void> | null = null;

  /** Throws a `TypeError` or `RangeError` for options that cannot work. */
  constructor(options: WorkerOptions);
  /** @internal */
  constructor(options: WorkerOptions, around: Surroundings);
  constructor(
    options: WorkerOptions,
    private readonly around: Surroundings = world,
  ) {
    this.room = new WaitingRoom(around);
    const resolved = resolveWorker(options);
    this.session = new Session(resolved, this.book, this.events, around);
    const { workerScript, threads = 1 } = options;
    this.threads = workerScript === undefined ? null : new Threads(workerScript, threads, resolved.handlers, (error) => this.events.emit("error", { error }));
    this.session.onEnded = () => void this.drain();
    this.session.pool.onIdle = this.session.outbox.onSettled = () => this.room.announce();
  }

  /** Handlers that run, including those that were asked to stop and have not. */
  get running(): number {
    return this.session.pool.running;
  }

  /** Jobs that wait here for a free slot. */
  get queued(): number {
    return this.session.pool.queued;
  }

  /** Jobs held in all: queued, running, and finished with a report that is not acknowledged. */
  get held(): number {
    return this.book.size;
  }

  /** Whether the worker is registered with a server at this moment. */
  get connected(): boolean {
    return this.session.link.up;
  }

  /** How many handlers may run at once. Setting it tells the server; a smaller number waits for handlers to end. */
  get slots(): number {
    return this.session.pool.slots;
  }

  set slots(n: number) {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`slots is ${n}; it must be a positive integer.`);
    this.session.pool.slots = n;
    if (this.connected) this.session.link.send("Slots", n);
    this.session.pool.pump();
  }

  /**
   * Connects and begins to take jobs. Resolves once registered, however long that takes: failed tries are told by the events
   * `disconnected` and `error`. Rejects with {@link WorcrError} `stopped` if the worker is stopped before.
   */
  start(): Promise<void> {
    if (this.started === null) {
      this.started = this.open();
      this.started.catch(() => {});
    }
    return this.started;
  }

  /**
   * Leaves in order: takes nothing more, gives back the jobs that wait, lets running handlers finish, interrupts them after
   * `timeout`, and closes once the last reports are acknowledged (at most 5 s more). Resolves when the worker has left.
   */
  drain(options: DrainOptions = {}): Promise<void> {
    const times = { timeout: milliseconds(options.timeout ?? 30_000), grace: milliseconds(options.grace ?? 5_000) };
    this.departure ??= this.leave(times);
    return this.departure;
  }

  /** Leaves at once: interrupts the handlers and gives them a second. What they do not give back, the server takes back. */
  stop(): Promise<void> {
    if (this.departure !== null) this.book.abortRunning("interrupt");
    return this.drain({ timeout: 0, grace: 1_000 });
  }

  /** Listens; answers a function that ends it. */
  on<Name extends keyof WorkerEvents>(name: Name, listener: (event: WorkerEvents[Name]) => void): () => void {
    this.events.on(name, listener);
    return () => this.events.off(name, listener);
  }

  private async open(): Promise<void> {
    this.ignorePage = watchPage(this.around.page, this.session);
    await this.threads?.open();
    await this.session.open();
  }

  private async leave(times: { timeout: number; grace: number }): Promise<void> {
    if (this.started !== null) await depart(this.session, this.book, this.room, times);
    this.ignorePage();
    this.threads?.close();
    this.events.emit("stopped", {});
  }
}
