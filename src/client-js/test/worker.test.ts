import assert from "node:assert/strict";
import { test } from "node:test";
import { FinalError, JobError, Worker, Yield } from "../src/index.js";
import { bench, deferred, next, reports, settle } from "./fakes/bench.js";
import { HOLD } from "./fakes/hub-connection.js";
import { jobs } from "./fakes/jobs.js";

test("registers with what it serves, with namespace and token", async (t) => {
  const { hub, connection } = await bench(t, {
    handlers: { a: () => 1, b: () => 2 }, slots: 7, tags: ["x"], namespace: "n 1", token: async () => "secret", worker: "w", prefetch: 3,
  });
  const request = hub.requests[0]!;
  assert.equal(request.url, "/hubs/worker?ns=n%201");
  assert.equal(request.headers.authorization, "Bearer secret");
  connection.call("Run", []);
});

test("the registration tells types, slots and held leases", async (t) => {
  const { hub, connection } = await bench(t, { handlers: { a: () => 1, b: () => 2 }, slots: 7, tags: ["x"], worker: "w" });
  connection.cut();
  const { register } = await hub.registered();
  assert.deepEqual(register.args, [
    { worker: "w", types: ["a", "b"], tags: ["x"], queues: null, slots: 7, prefetch: null, held: [] },
  ]);
});

test("jobs that finish in one turn are reported in one call, results and all", async (t) => {
  const { connection } = await bench(t, { handlers: { t: (job) => ({ doubled: job.args.n * 2 }) }, slots: 50 });
  connection.call("Run", jobs(40));
  const call = await connection.calls.take("the Report", (each) => each.target === "Report");
  assert.equal(call.args[0].length, 40);
  const { ms, ...rest } = call.args[0][3];
  assert.equal(typeof ms, "number");
  assert.deepEqual(rest, { lease: "l3", outcome: "complete", result: { doubled: 6 } });
});

test("never more handlers than slots, and the rest in order", async (t) => {
  const gates = new Map<number, () => void>();
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const { connection, worker } = await bench(t, {
    slots: 3,
    handlers: {
      t: async (job) => {
        order.push(job.args.n);
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => gates.set(job.args.n, resolve));
        running--;
      },
    },
  });
  connection.call("Run", jobs(12));
  await next(worker, "job");
  await settle();
  assert.equal(worker.running, 3);
  assert.equal(worker.queued, 9);
  for (let n = 0; n < 12; n++) {
    await settle(1);
    gates.get(n)!();
    await settle(1);
  }
  assert.equal((await reports(connection, 12)).length, 12);
  assert.equal(most, 3);
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
});

test("reports are pipelined: at most four calls under way, the rest waits and goes together", async (t) => {
  const gates: (() => void)[] = [];
  const { connection } = await bench(t, { slots: 10, handlers: { t: () => new Promise<void>((resolve) => gates.push(resolve)) } });
  connection.answers["Report"] = () => HOLD;
  connection.call("Run", jobs(10));
  const calls = [];
  while (gates.length < 10) await settle(1);
  for (let n = 0; n < 10; n++) {
    gates[n]!();
    await settle(2);
    if (n < 4) calls.push(await connection.calls.take("one of four Reports", (each) => each.target === "Report"));
  }
  assert.equal(connection.calls.all.filter((each) => each.target === "Report").length, 0);
  connection.answer(calls[0]!, ["ok"]);
  const fifth = await connection.calls.take("the fifth Report", (each) => each.target === "Report");
  assert.equal(fifth.args[0].length, 6);
  for (const call of [...calls.slice(1), fifth]) connection.answer(call, call.args[0].map(() => "ok"));
});

test("outcomes: errors keep code, retryAfter and final; yields are yields", async (t) => {
  const throwing: Record<number, () => unknown> = {
    0: () => { throw new Error("plain"); },
    1: () => { throw new JobError("later", { code: "429", retryAfter: "10s" }); },
    2: () => { throw new JobError("later", { retryAfter: 1_500 }); },
    3: () => { throw new FinalError("never"); },
    4: () => { throw new Yield(); },
    5: () => { throw Object.assign(new TypeError("odd"), { code: "E_ODD" }); },
    6: () => { throw "text"; },
    7: () => 10n,
    8: () => "x".repeat(1024 * 1024),
  };
  const { connection } = await bench(t, { slots: 20, handlers: { t: (job, ctx) => throwing[job.args.n]?.() ?? ctx.yield() } });
  connection.call("Run", [...jobs(10), ...jobs(1, { type: "unknown" }, 10)]);
  const told = (await reports(connection, 11)).sort((a, b) => a.lease.slice(1) - b.lease.slice(1));
  assert.deepEqual(told.map((each) => each.error ?? each.outcome), [
    { code: "error", message: "plain" },
    { code: "429", message: "later", retryAfter: "10s" },
    { code: "error", message: "later", retryAfter: "1500ms" },
    { code: "error", message: "never", final: true },
    "yield",
    { code: "E_ODD", message: "TypeError: odd" },
    { code: "error", message: "text" },
    { code: "result_not_json", message: "The result is no JSON: TypeError: Do not know how to serialize a BigInt", final: true },
    { code: "result_too_large", message: "The result is larger than 1 MiB.", final: true },
    "yield",
    { code: "no_handler", message: 'This worker has no handler for "unknown".' },
  ]);
});

test("the handler * takes every type", async (t) => {
  const { hub, connection } = await bench(t, { handlers: { "*": (job) => job.type } });
  connection.call("Run", jobs(1, { type: "anything" }));
  assert.equal((await reports(connection, 1))[0].result, "anything");
  connection.cut();
  assert.deepEqual((await hub.registered()).register.args[0].types, ["*"]);
});

test("interrupt, cancel: the signal tells why, and the report follows", async (t) => {
  const seen: unknown[] = [];
  const { connection, worker } = await bench(t, {
    slots: 2,
    handlers: {
      t: (_, ctx) => new Promise((_resolve, reject) => {
        ctx.signal.addEventListener("abort", () => {
          seen.push(ctx.signal.reason);
          reject(ctx.signal.reason);
        });
      }),
    },
  });
  connection.call("Run", jobs(4));
  await next(worker, "job");
  await settle();
  connection.call("Interrupt", "l0", "drain");
  connection.call("Cancel", "l1", "by hand");
  connection.call("Interrupt", "l2", "drain");
  connection.call("Cancel", "l3", "by hand");
  const told = (await reports(connection, 4)).sort((a, b) => a.lease.localeCompare(b.lease));
  assert.deepEqual(told.map((each) => each.error?.code ?? each.outcome), ["yield", "cancelled", "yield", "cancelled"]);
  assert.equal(told[1].error.final, true);
  assert.deepEqual(seen.slice(0, 2), ["interrupt", "cancel"]);
});

test("a stale report is told", async (t) => {
  const { connection, worker } = await bench(t, { handlers: { t: () => 1 } });
  connection.answers["Report"] = () => ["stale"];
  const stale = next(worker, "stale");
  connection.call("Run", jobs(1));
  assert.equal((await stale).job.lease, "l0");
  assert.equal(worker.held, 0);
});

test("slots can be changed", async (t) => {
  const gate = deferred();
  const { connection, worker } = await bench(t, { slots: 1, handlers: { t: () => gate.promise } });
  connection.call("Run", jobs(3));
  await next(worker, "job");
  worker.slots = 2;
  assert.equal(worker.running, 2);
  assert.deepEqual((await connection.calls.take("Slots", (each) => each.target === "Slots")).args, [2]);
  gate.resolve();
  await reports(connection, 3);
});

test("options that cannot work are refused by name", () => {
  const url = "http://localhost:1";
  assert.throws(() => new Worker({ url, handlers: {} }), /handlers is empty/);
  assert.throws(() => new Worker({ url, slots: 0, handlers: { t: () => 1 } }), /slots is 0/);
  assert.throws(() => new Worker({ url: "localhost", handlers: { t: () => 1 } }), /url is "localhost"/);
});

test("stopping before a server answers rejects start with code stopped", async () => {
  const worker = new Worker({ url: "http://127.0.0.1:9", handlers: { t: () => 1 } });
  worker.on("error", () => {});
  const started = worker.start();
  await worker.stop();
  await assert.rejects(started, { code: "stopped" });
});
