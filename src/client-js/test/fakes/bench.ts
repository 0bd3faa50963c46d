import { Worker, type WorkerEvents, type WorkerOptions } from "../../src/index.js";
import { world, type Surroundings } from "../../src/time/surroundings.js";
import { FakeHub } from "./hub.js";
import type { FakeHubConnection } from "./hub-connection.js";

/** A worker registered with a fake hub. */
export interface Bench {
  hub: FakeHub;
  worker: Worker;
  connection: FakeHubConnection;
}

/** Reconnects at once, so that no test waits. */
export const eager: Surroundings = { ...world, random: () => 0 };

type Anything = Omit<WorkerOptions, "url">;

/** Starts both; they are stopped when the test ends. */
export async function bench(test: { after(run: () => Promise<void>): void }, options: Anything, around = eager): Promise<Bench> {
  const hub = await FakeHub.start();
  const worker = new Worker({ url: hub.url, ...options }, around);
  worker.on("error", () => {});
  test.after(async () => {
    await worker.stop();
    await hub.stop();
  });
  const started = worker.start();
  const { connection } = await hub.registered();
  await started;
  return { hub, worker, connection };
}

/** The next event of a name. */
export function next<Name extends keyof WorkerEvents>(worker: Worker, name: Name): Promise<WorkerEvents[Name]> {
  return new Promise((resolve) => {
    const off = worker.on(name, (event) => {
      off();
      resolve(event);
    });
  });
}

/** The reports of the next call, or of as many calls as it takes to have `count`. */
export async function reports(connection: FakeHubConnection, count: number): Promise<any[]> {
  const all: any[] = [];
  while (all.length < count) {
    const call = await connection.calls.take(`a Report (${all.length} of ${count} reports came)`, (each) => each.target === "Report");
    all.push(...call.args[0]);
  }
  return all;
}

/** A promise with its ends. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets everything that is ready run. */
export async function settle(turns = 3): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
