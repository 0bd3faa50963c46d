import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, FinalError, JobError, Worker, Yield, serve, type Handler } from "../src/index.js";
import type { Order, Word } from "../src/thread/messages.js";
import type { Engine } from "../src/thread/thread.js";
import { FakeApi } from "./fakes/api.js";
import { bench, next, reports, settle } from "./fakes/bench.js";
import { jobs } from "./fakes/jobs.js";

/** A Web Worker on this thread: what is sent is copied, and arrives later. */
class FakeEngine implements Engine {
  onmessage: ((event: { data: Word }) => void) | null = null;
  onerror: ((event: { message?: string }) => void) | null = null;
  ended = false;
  private listener: (event: { data: Order }) => void = () => {};

  constructor(handlers: Record<string, Handler> | null) {
    if (handlers === null) setImmediate(() => this.onerror?.({ message: "no such file" }));
    else setImmediate(() => serve(handlers, { postMessage: (word) => this.say(structuredClone(word)), addEventListener: (_, listener) => void (this.listener = listener) }));
  }

  postMessage(order: Order): void {
    const data = structuredClone(order);
    setImmediate(() => this.listener({ data }));
  }

  terminate(): void {
    this.ended = true;
  }

  private say(data: Word): void {
    setImmediate(() => this.onmessage?.({ data }));
  }
}

function engines(handlers: Record<string, Handler> | null): FakeEngine[] {
  const made: FakeEngine[] = [];
  Object.assign(globalThis, {
    Worker: class {
      constructor() {
        const engine = new FakeEngine(handlers);
        made.push(engine);
        return engine;
      }
    },
  });
  return made;
}

test("a script's handlers run in their thread, and their outcomes are those of handlers anywhere", async (t) => {
  const made = engines({
    good: (job) => ({ twice: (job.args as { n: number }).n * 2 }),
    bad: () => Promise.reject(new JobError("too many", { code: "429", retryAfter: "5s" })),
    never: () => Promise.reject(new FinalError("no")),
    plain: () => Promise.reject(new TypeError("x is not a function")),
    back: () => new Yield(),
    parent: (_, ctx) => ctx.yield({ until: "children" }),
    odd: () => () => 1,
  });
  const { connection, worker } = await bench(t, { workerScript: "handlers.js" });
  for (const [index, type] of ["good", "bad", "never", "plain", "back", "parent", "odd"].entries()) {
    connection.call("Run", jobs(1, { type, args: { n: 21 } }, index));
    const [report] = await reports(connection, 1);
    if (type === "good") assert.deepEqual(report.result, { twice: 42 });
    if (type === "bad") assert.deepEqual(report.error, { code: "429", message: "too many", retryAfter: "5s" });
    if (type === "never") assert.equal(report.error.final, true);
    if (type === "plain") assert.deepEqual(report.error, { code: "error", message: "TypeError: x is not a function" });
    if (type === "back") assert.equal(report.outcome, "yield");
    if (type === "parent") assert.deepEqual([report.outcome, report.until], ["yield", "children"]);
    if (type === "odd") assert.equal(report.outcome, "fail");
  }
  await worker.stop();
  assert.equal(made[0]!.ended, true);
});

test("the types of the script are what the worker asks for", async (t) => {
  engines({ a: () => 1, b: () => 2 });
  const { hub, connection } = await bench(t, { workerScript: "handlers.js", threads: 2 });
  connection.cut();
  const { register } = await hub.registered();
  assert.deepEqual(register.args[0].types, ["a", "b"]);
});

test("a handler's context works from its thread", async (t) => {
  engines({
    t: async (job, ctx) => {
      ctx.progress("work", 1, 2);
      ctx.log("info", "here");
      await ctx.checkpoint("at", { n: 7 });
      const granted = await ctx.acquire("api", { key: "k", wait: "1s" });
      return { granted, at: ctx.checkpoints["at"], before: ctx.checkpoints["old"], attempt: job.attempt };
    },
  });
  const { connection } = await bench(t, { workerScript: "handlers.js" });
  connection.call("Run", jobs(1, { checkpoints: { old: 1 } }));
  const saved = await connection.calls.take("Checkpoint", (call) => call.target === "Checkpoint");
  assert.deepEqual(saved.args.slice(1), ["at", { n: 7 }]);
  const asked = await connection.calls.take("Acquire", (call) => call.target === "Acquire");
  assert.deepEqual(asked.args.slice(1, 4), ["api", "k", 1]);
  const [report] = await reports(connection, 1);
  assert.deepEqual(report.result, { granted: true, at: { n: 7 }, before: 1, attempt: 1 });
});

test("a handler enqueues children from its thread", async (t) => {
  const api = await FakeApi.start(t);
  engines({ t: (_, ctx) => ctx.enqueueChildren([{ type: "part", args: { n: 1 } }]).then((children) => children.length) });
  const { connection } = await bench(t, { workerScript: "handlers.js", client: new Client({ url: api.url }) });
  connection.call("Run", jobs(1));
  assert.equal((await reports(connection, 1))[0].result, 1);
  assert.deepEqual(api.requests[0]!.body.map(({ type, parent }: { type: string; parent: string }) => [type, parent]), [["part", "job-0"]]);
});

test("an interrupt reaches a handler in its thread", async (t) => {
  engines({ t: (_, ctx) => new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))) });
  const { connection, worker } = await bench(t, { workerScript: "handlers.js" });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  await settle();
  connection.call("Interrupt", "l0", "drain");
  assert.equal((await reports(connection, 1))[0].outcome, "yield");
});

test("a checkpoint that is refused is refused in the thread", async (t) => {
  engines({ t: (_, ctx) => ctx.checkpoint("at", 1).then(() => "kept", (error: { code: string }) => error.code) });
  const { connection } = await bench(t, { workerScript: "handlers.js" });
  connection.answers["Checkpoint"] = () => "stale";
  connection.call("Run", jobs(1));
  assert.equal((await reports(connection, 1))[0].result, "lease_lost");
});

test("a script that cannot be run is told by start", async () => {
  engines(null);
  const worker = new Worker({ url: "http://127.0.0.1:9", workerScript: "missing.js" });
  worker.on("error", () => {});
  await assert.rejects(worker.start(), /The worker script failed: no such file/);
  await worker.stop();
});

test("a worker has handlers or a script, not both", () => {
  const url = "http://localhost:1";
  assert.throws(() => new Worker({ url }), /handlers is empty/);
  assert.throws(() => new Worker({ url, workerScript: "h.js", handlers: { t: () => 1 } }), /handlers and workerScript/);
  assert.throws(() => new Worker({ url, workerScript: "h.js", threads: 0 }), /threads is 0/);
});
