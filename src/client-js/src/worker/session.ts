import type { HubConnection } from "@microsoft/signalr";
import type { Client } from "../client/client.js";
import type { Surroundings } from "../time/surroundings.js";
import type { Emitter } from "./emitter.js";
import type { WorkerEvents } from "./events.js";
import { openHub, type HubCalls } from "./hub.js";
import type { LeaseBook } from "./lease-book.js";
import { Link, type LinkHost, type Registration } from "./link.js";
import type { ResolvedWorkerOptions } from "./options.js";
import { Outbox } from "./outbox.js";
import { Pool } from "./pool.js";
import { Pulse } from "./pulse.js";
import { Calls } from "./calls.js";
import type { LeaseHost } from "./lease.js";
import { Telemetry } from "./telemetry.js";

/** How long a goodbye may take, in milliseconds. */
const LONGEST_GOODBYE = 1_000;

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
  private readonly pulse: Pulse;
  private held: string[] = [];

  constructor(
    private readonly options: ResolvedWorkerOptions,
    private readonly book: LeaseBook,
    private readonly events: Emitter<WorkerEvents>,
    private readonly around: Surroundings,
  ) {
    this.link = new Link(this, around);
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
    const calls: HubCalls = {
      run: (jobs) => pool.take(jobs),
      interrupt: (lease) => pool.abort(lease, "interrupt"),
      cancel: (lease) => pool.abort(lease, "cancel"),
      drain: (reason) => this.drained(reason),
    };
    return openHub(this.options.hub, this.options.token, calls);
  }

  register(connection: HubConnection): Promise<Registration> {
    const { worker, types, tags, queues, prefetch } = this.options;
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
    this.refuse();
  }

  private fault(error: Error): void {
    if (this.events.has("error")) this.events.emit("error", { error });
    else console.error("worcr:", error.message);
  }
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
