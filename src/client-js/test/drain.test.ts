import assert from "node:assert/strict";
import { test } from "node:test";
import { bench, deferred, next, reports, settle } from "./fakes/bench.js";
import { jobs } from "./fakes/jobs.js";
import { FakeTime } from "./fakes/time.js";

test("drain gives back what waits, lets the running finish, then leaves", async (t) => {
  const gate = deferred<string>();
  const { connection, worker } = await bench(t, { slots: 1, handlers: { t: () => gate.promise } });
  connection.call("Run", jobs(3));
  await next(worker, "job");
  const left = worker.drain();
  await connection.calls.take("Drain", (call) => call.target === "Drain");
  const back = await reports(connection, 2);
  assert.deepEqual(back.map((each) => [each.lease, each.outcome]), [["l1", "yield"], ["l2", "yield"]]);
  gate.resolve("done");
  assert.equal((await reports(connection, 1))[0].result, "done");
  await left;
  await connection.calls.take("Leave", (call) => call.target === "Leave");
  await connection.closed;
  assert.equal(worker.held, 0);
});

test("jobs that arrive while draining are given back unstarted", async (t) => {
  const gate = deferred();
  const { connection, worker } = await bench(t, { slots: 5, handlers: { t: () => gate.promise } });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  void worker.drain();
  connection.call("Run", jobs(2, {}, 1));
  assert.deepEqual((await reports(connection, 2)).map((each) => each.outcome), ["yield", "yield"]);
  gate.resolve();
  await reports(connection, 1);
});

test("handlers that take too long are interrupted, and may yield", async (t) => {
  const time = new FakeTime();
  const { connection, worker } = await bench(t, {
    handlers: { t: (_, ctx) => new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))) },
  }, time);
  connection.call("Run", jobs(1));
  await next(worker, "job");
  const left = worker.drain({ timeout: "10s" });
  time.advance(9_900);
  await settle();
  assert.equal(worker.running, 1);
  time.advance(200);
  assert.equal((await reports(connection, 1))[0].outcome, "yield");
  await left;
});

test("a handler that does not listen cannot hold up the leave for ever", async (t) => {
  const time = new FakeTime();
  const { connection, worker } = await bench(t, { handlers: { t: () => new Promise(() => {}) } }, time);
  connection.call("Run", jobs(1));
  await next(worker, "job");
  const left = worker.drain({ timeout: "1s", grace: "1s" });
  time.advance(1_000);
  await settle();
  time.advance(1_000);
  await left;
  assert.equal(worker.held, 0);
});

test("draining without a connection comes back to hand in its reports", async (t) => {
  const gate = deferred<string>();
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => gate.promise } });
  hub.answers["Register"] = (call) => ({ session: "s2", accepted: call.args[0].held, heartbeat: 60_000 });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  const gone = next(worker, "disconnected");
  connection.cut();
  await gone;
  const left = worker.drain();
  gate.resolve("done");
  const again = await hub.registered();
  assert.equal((await reports(again.connection, 1))[0].result, "done");
  await left;
});

test("a drain by the server lasts as long as its connection", async (t) => {
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => 1 } });
  const asked = next(worker, "drain");
  connection.call("Drain", "silo stops");
  assert.deepEqual(await asked, { reason: "silo stops" });
  connection.call("Run", jobs(1));
  assert.equal((await reports(connection, 1))[0].outcome, "yield");
  connection.cut();
  const again = await hub.registered();
  again.connection.call("Run", jobs(1, {}, 5));
  assert.equal((await reports(again.connection, 1))[0].outcome, "complete");
});

test("a worker that an operator ends finishes what runs, leaves and stops", async (t) => {
  const gate = deferred<string>();
  const { connection, worker } = await bench(t, { slots: 1, handlers: { t: () => gate.promise } });
  connection.call("Run", jobs(2));
  await next(worker, "job");
  const stopped = next(worker, "stopped");
  connection.call("Drain", "ended by an operator");
  assert.equal((await reports(connection, 1))[0].outcome, "yield");
  gate.resolve("done");
  assert.equal((await reports(connection, 1))[0].result, "done");
  await connection.calls.take("Leave", (call) => call.target === "Leave");
  await stopped;
});
