import type { HubConnection } from "@microsoft/signalr";
import { WorcrError } from "../errors/worcr-error.js";
import { fullJitter } from "../time/backoff.js";
import type { Surroundings } from "../time/surroundings.js";
import { rejectionOf } from "./hub-protocol.js";

/** What the server answers to a registration. @internal */
export interface Registration {
  /** Name or number of the session. */
  session: string | number;
  /** Which of the held leases are still ours. */
  accepted: string[];
  /** How often to call `Heartbeat`, in milliseconds. */
  heartbeat: number;
}

/** What the link asks of the worker. @internal */
export interface LinkHost {
  /** A connection to start. */
  connect(): HubConnection;
  /** Registers over a fresh connection; the attempt failed when it rejects. */
  register(connection: HubConnection): Promise<Registration>;
  /** The link is up. */
  registered(answer: Registration): void;
  /** The link is down; the next try is `retryIn` ms away. */
  lost(error: Error | undefined, retryIn: number): void;
}

const RECONNECT = { base: 500, cap: 15_000 };
const LONGEST_ATTEMPT = 30_000;

/**
 * Keeps one registered connection, for ever: opens it, registers, and when it is lost starts over after a random,
 * growing wait.
 * @internal
 */
export class Link {
  /** True while registered. */
  up = false;
  /** Grows with each connection that was registered. */
  generation = 0;
  private connection: HubConnection | null = null;
  private failures = 0;
  private closed = false;
  private cancelWait: (() => void) | null = null;
  private waiters: { resolve: () => void; reject: (error: Error) => void }[] = [];

  constructor(
    private readonly host: LinkHost,
    private readonly around: Surroundings,
  ) {}

  /** Starts connecting. Resolves once registered; rejects only when closed before. */
  open(): Promise<void> {
    const ready = this.ready();
    void this.attempt();
    return ready;
  }

  /** Resolves when the link is up; rejects when it is closed for good. */
  ready(): Promise<void> {
    if (this.up) return Promise.resolve();
    if (this.closed) return Promise.reject(stopped());
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  /** Calls the server and answers what it returns. */
  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    return this.connection === null ? Promise.reject(new Error("Not connected.")) : this.connection.invoke(method, ...args);
  }

  /** Calls the server without an answer; what cannot be sent is dropped. */
  send(method: string, ...args: unknown[]): void {
    this.connection?.send(method, ...args).catch(ignore);
  }

  /** Gives up the connection of this generation, if it is still the present one, and starts over. */
  reset(generation: number, error: Error): void {
    if (this.up && generation === this.generation && this.connection !== null) this.drop(this.connection, error);
  }

  /** Whether this is the present connection; what comes over an earlier one is too late. */
  has(connection: HubConnection): boolean {
    return this.connection === connection;
  }

  /** Gives up the present connection, if there is one, for another. */
  renew(): void {
    if (this.up && this.connection !== null) this.drop(this.connection, undefined);
  }

  /** Closes for good. */
  async close(): Promise<void> {
    this.closed = true;
    this.up = false;
    this.cancelWait?.();
    const connection = this.connection;
    this.connection = null;
    for (const waiter of this.waiters.splice(0)) waiter.reject(stopped());
    await connection?.stop().catch(ignore);
  }

  private async attempt(): Promise<void> {
    this.cancelWait = null;
    if (this.closed) return;
    const connection = this.host.connect();
    this.connection = connection;
    connection.onclose((error) => this.drop(connection, error));
    const giveUp = this.around.after(LONGEST_ATTEMPT, () => this.drop(connection, new Error("Connecting took too long.")));
    try {
      await connection.start();
      if (this.connection !== connection) return;
      const answer = await this.host.register(connection);
      if (this.connection === connection) this.arrived(answer);
    } catch (error) {
      this.drop(connection, asError(error));
    } finally {
      giveUp();
    }
  }

  private arrived(answer: Registration): void {
    this.failures = 0;
    this.generation++;
    this.up = true;
    this.host.registered(answer);
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  private drop(connection: HubConnection, error: Error | undefined): void {
    if (this.connection !== connection || this.closed) return;
    this.connection = null;
    this.up = false;
    connection.stop().catch(ignore);
    const wait = fullJitter(this.failures++, RECONNECT, this.around.random);
    this.cancelWait = this.around.after(wait, () => void this.attempt());
    this.host.lost(error, wait);
  }
}

function stopped(): WorcrError {
  return new WorcrError({ status: 0, code: "stopped", title: "The worker has stopped." });
}

function asError(error: unknown): Error {
  const rejection = rejectionOf(error);
  if (rejection !== undefined) return refused(rejection.text);
  return error instanceof Error ? error : new Error(String(error));
}

function refused(detail: string): WorcrError {
  return new WorcrError({ status: 0, code: "hub_rejected", title: "The server refused the registration.", detail });
}

function ignore(): void {}
