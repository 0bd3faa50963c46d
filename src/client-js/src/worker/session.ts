import type { HubConnection } from "@microsoft/signalr";
import type { Client } from "../client/client.js";
import { WorcrError } from "../errors/worcr-error.js";
import type { Surroundings } from "../time/surroundings.js";
import type { Emitter } from "./emitter.js";
import type { WorkerEvents } from "./events.js";
import { openHub, type HubCalls } from "./hub.js";
import { RawArguments } from "./hub-protocol.js";
import type { LeaseBook } from "./lease-book.js";
import { Link, type LinkHost, type Registration } from "./link.js";
import type { ResolvedWorkerOptions } from "./options.js";
import type { Handler } from "./job.js";
import { Outbox } from "./outbox.js";
import { Pool } from "./pool.js";
import { Postcard } from "./postcard.js";
import { Pulse } from "./pulse.js";
import { Calls } from "./calls.js";
import { FINISHED, type LeaseHost } from "./lease.js";
import { giveBack } from "./report.js";
import { Telemetry } from "./telemetry.js";

/** How long a goodbye may take, in milliseconds. */
const LONGEST_GOODBYE = 1_000;
/** What a server says that wants to see a fresh token. */
const TOKEN_EXPIRES = "the token expires";
/** What a server says when an operator has ended the worker. */
const ENDED = "ended by an operator";

/**
 * What a worker is to its server: registers, and after a lost connection registers again with every lease it holds. Leases
 * that the server does not accept any more are dropped; reports of the others that were not acknowledged go again.
 * @internal
 */
export class Session implements LinkHost {
  readonly link: Link;
  readonly outbox: Outbox;
  readonly pool: Pool;
  readonly telemetry: Telemetry;
  /** Name that the server gave this session; null while there is no connection. */
  id: string | null = null;
  /** True once this worker is leaving for good. */
  leaving = false;
  /** An operator has ended the worker. */
  onEnded = (): void => {};
  private readonly pulse: Pulse;
  private readonly postcard: Postcard;
  private held: string[] = [];

  constructor(
    private readonly options: ResolvedWorkerOptions,
    private readonly book: LeaseBook,
    private readonly events: Emitter<WorkerEvents>,
    private readonly around: Surroundings,
  ) {
    this.link = new Link(this, around);
    this.postcard = new Postcard(options);
    this.outbox = new Outbox(this.link, book, around);
    this.telemetry = new Telemetry(this.link);
    const host = leaseHost(this.telemetry, new Calls(this.link, around), options.client);
    const { outbox, telemetry } = this;
    this.pool = new Pool(options.slots, { handlers: options.handlers, book, outbox, telemetry, events, host, around });
    this.pulse = new Pulse({ link: this.link, book, telemetry }, around);
    outbox.onStale = ({ job }) => events.emit("stale", { job });
    outbox.onRefused = ({ job }, reason) => this.fault(new Error(`The server refused the report of job ${job.id}: ${reason}`));
  }

  /** Connects, for as long as it takes. */
  open(): Promise<void> {
    this.pulse.start();
    const ready = this.link.open();
    ready.catch(() => {});
    return ready;
  }

  /** Says goodbye, so that the server takes back at once what is still held, and closes for good. */
  async leave(): Promise<void> {
    if (this.link.up) await this.sayGoodbye();
    this.pulse.stop();
    this.id = null;
    await this.link.close();
    this.book.lose(this.book.names());
  }

  connect(): HubConnection {
    const { pool } = this;
    const heard = <Args extends unknown[]>(call: (...args: Args) => void) => (...args: Args) => {
      if (this.link.has(connection)) call(...args);
    };
    const calls: HubCalls = {
      run: heard((jobs) => pool.take(jobs)),
      interrupt: heard((lease) => pool.abort(lease, "interrupt")),
      cancel: heard((lease) => pool.abort(lease, "cancel")),
      drain: heard((reason) => this.drained(reason)),
    };
    const connection = openHub(this.options.hub, () => this.postcard.token(), calls);
    return connection;
  }

  register(connection: HubConnection): Promise<Registration> {
    const { worker, tags, queues, prefetch } = this.options;
    const types = typesOf(this.options.handlers);
    this.held = this.book.names();
    return connection.invoke("Register", { worker, types, tags, queues, slots: this.pool.slots, prefetch, held: this.held });
  }

  registered(answer: Registration): void {
    const accepted = new Set(answer.accepted);
    for (const { job } of this.book.lose(this.held.filter((lease) => !accepted.has(lease)))) this.events.emit("stale", { job });
    this.id = String(answer.session);
    this.pulse.beat(answer.heartbeat);
    this.telemetry.flush();
    this.outbox.resume();
    if (this.leaving) this.link.send("Drain");
    this.pool.paused = this.leaving;
    this.events.emit("connected", { session: this.id, held: this.held.length, accepted: accepted.size });
    this.outbox.onSettled();
    this.pool.pump();
  }

  lost(error: Error | undefined, retryIn: number): void {
    this.id = null;
    this.pool.paused = true;
    this.pool.refusing = this.leaving;
    this.events.emit("disconnected", { error, retryIn });
    if (error !== undefined) this.fault(error);
    if (error instanceof WorcrError && error.detail?.startsWith("worker_ended: ") === true) this.onEnded();
  }

  /**
   * The page goes at once, and nothing can be waited for: says how finished jobs ended, gives all others back, and leaves. What is said over the
   * connection may be lost with it, so the same goes out by a request that outlives the page; the server takes the first.
   */
  vanish(): void {
    const leases = [...this.book.all()];
    const reports = leases.map((lease) => (lease.state === FINISHED ? lease.report : giveBack(lease, 0)));
    this.refuse();
    if (this.link.up) {
      this.link.send("Drain");
      if (reports.length > 0) this.link.send("Report", new RawArguments(`[${reports.join(",")}]`));
      this.link.send("Leave");
    }
    this.postcard.send(reports);
    this.book.lose(this.book.names());
  }

  /** The page was only hidden, and is back. */
  reappear(): void {
    this.link.renew();
  }

  /** Takes no more jobs, and gives back those that wait. */
  refuse(): void {
    this.pool.refusing = true;
    this.pool.paused = true;
    this.pool.giveBackQueued();
  }

  private sayGoodbye(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.around.after(LONGEST_GOODBYE, resolve);
      this.link.invoke("Leave").catch(() => {}).finally(() => {
        cancel();
        resolve();
      });
    });
  }

  private drained(reason: string): void {
    this.events.emit("drain", { reason });
    if (reason === ENDED) this.onEnded();
    else if (reason === TOKEN_EXPIRES && !this.leaving) this.link.renew();
    else this.refuse();
  }

  private fault(error: Error): void {
    if (this.events.has("error")) this.events.emit("error", { error });
    else console.error("worcr:", error.message);
  }
}

function typesOf(handlers: Map<string, Handler>): string[] {
  return handlers.has("*") ? ["*"] : [...handlers.keys()];
}

function leaseHost(telemetry: Telemetry, calls: Calls, client: Client): LeaseHost {
  return {
    checkpoint: (lease, name, value) => calls.checkpoint(lease, name, value),
    extend: (lease) => calls.extend(lease),
    acquire: (lease, limit, options) => calls.acquire(lease, limit, options),
    progress: (lease, name, done, total) => telemetry.progress(lease, name, done, total),
    enqueueChildren: (lease, children) => client.enqueueChildren(lease.job.id, children, { signal: lease.signal }),
    log: (lease, level, line) => telemetry.log(lease, level, line),
  };
}
