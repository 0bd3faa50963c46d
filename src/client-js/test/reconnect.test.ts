import assert from "node:assert/strict";
import { test } from "node:test";
import { bench, deferred, next, reports, settle } from "./fakes/bench.js";
import { HOLD } from "./fakes/hub-connection.js";
import { jobs } from "./fakes/jobs.js";
import { FakeTime } from "./fakes/time.js";

test("all held leases are named again; those not accepted are dropped, the others finish", async (t) => {
  const gates: Record<number, ReturnType<typeof deferred<unknown>>> = { 0: deferred(), 1: deferred() };
  const causes: unknown[] = [];
  const { hub, connection, worker } = await bench(t, {
    slots: 2,
    handlers: {
      t: (job, ctx) => {
        ctx.signal.addEventListener("abort", () => causes.push([job.lease, ctx.signal.reason]));
        return gates[job.args.n]?.promise ?? "later";
      },
    },
  });
  connection.call("Run", jobs(4));
  await next(worker, "job");
  await settle();
  hub.answers["Register"] = () => ({ session: "s2", accepted: ["l0", "l2"], heartbeat: 60_000 });
  const connected = next(worker, "connected");
  connection.cut();
  const again = await hub.registered();
  assert.deepEqual(again.register.args[0].held, ["l0", "l1", "l2", "l3"]);
  assert.deepEqual(await connected, { session: "s2", held: 4, accepted: 2 });
  assert.deepEqual(causes, [["l1", "lost"]]);
  gates[0]!.resolve("kept");
  gates[1]!.resolve("lost");
  const told = await reports(again.connection, 2);
  assert.deepEqual(told.map((each) => [each.lease, each.result]).sort(), [["l0", "kept"], ["l2", "later"]]);
  await settle();
  assert.equal(worker.held, 0);
});

test("reports that were not acknowledged go again, the same bytes, and only those accepted", async (t) => {
  const { hub, connection, worker } = await bench(t, { slots: 5, handlers: { t: (job) => job.args } });
  connection.answers["Report"] = () => HOLD;
  connection.call("Run", jobs(3));
  const first = await reports(connection, 3);
  hub.answers["Register"] = () => ({ session: "s2", accepted: ["l0", "l2"], heartbeat: 60_000 });
  connection.cut();
  const again = await hub.registered();
  assert.deepEqual(again.register.args[0].held, ["l0", "l1", "l2"]);
  assert.deepEqual(await reports(again.connection, 2), [first[0], first[2]]);
  await settle();
  assert.equal(worker.held, 0);
});

test("what finishes while there is no connection is reported over the next one, once", async (t) => {
  const gate = deferred<string>();
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => gate.promise } });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  hub.answers["Register"] = (call) => ({ session: "s2", accepted: call.args[0].held, heartbeat: 60_000 });
  const gone = next(worker, "disconnected");
  connection.cut();
  await gone;
  gate.resolve("done");
  const again = await hub.registered();
  assert.equal((await reports(again.connection, 1))[0].result, "done");
  await settle(5);
  assert.equal(again.connection.calls.all.filter((call) => call.target === "Report").length, 0);
});

test("nothing is started without a connection", async (t) => {
  const gate = deferred();
  const started: string[] = [];
  const { hub, connection, worker } = await bench(t, {
    slots: 1,
    handlers: { t: (job) => (started.push(job.lease), job.lease === "l0" ? gate.promise : undefined) },
  });
  hub.answers["Register"] = (call) => ({ session: "s2", accepted: call.args[0].held, heartbeat: 60_000 });
  connection.call("Run", jobs(2));
  await next(worker, "job");
  const gone = next(worker, "disconnected");
  connection.cut();
  await gone;
  gate.resolve();
  await Promise.resolve();
  assert.deepEqual(started, ["l0"]);
  const again = await hub.registered();
  assert.equal((await reports(again.connection, 2)).length, 2);
});

test("a job that the server sends twice runs once", async (t) => {
  let runs = 0;
  const gate = deferred();
  const { connection, worker } = await bench(t, { handlers: { t: () => (runs++, gate.promise) } });
  connection.call("Run", jobs(1));
  connection.call("Run", jobs(1));
  await next(worker, "job");
  await settle();
  gate.resolve();
  await reports(connection, 1);
  assert.equal(runs, 1);
});

test("waits between tries grow, with jitter, up to 15 s", async (t) => {
  const time = new FakeTime();
  time.luck = 0.999999;
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => 1 } }, time);
  await hub.stop();
  const waits: number[] = [];
  connection.cut();
  for (let n = 0; n < 7; n++) {
    const { retryIn } = await next(worker, "disconnected");
    waits.push(retryIn);
    time.advance(retryIn);
  }
  assert.deepEqual(waits, [499, 999, 1_999, 3_999, 7_999, 14_999, 14_999]);
});

test("a refused registration is tried again", async (t) => {
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => 1 } });
  const errors: string[] = [];
  worker.on("error", ({ error }) => errors.push(error.message));
  let tries = 0;
  hub.answers["Register"] = () => {
    if (++tries < 3) throw new Error("An unexpected error occurred. HubException: not yet");
    return { session: "s2", accepted: [], heartbeat: 60_000 };
  };
  const connected = next(worker, "connected");
  connection.cut();
  await connected;
  assert.equal(tries, 3);
  assert.ok(errors.includes("not yet"));
});

test("a report that the server refuses is tried alone and becomes a failure in the end; the others go through", async (t) => {
  const { connection, worker } = await bench(t, { slots: 8, handlers: { t: (job) => job.args.n } });
  const accepted: string[] = [];
  connection.answers["Report"] = (call) => {
    const bad = call.args[0].some((each: any) => each.lease === "l5" && each.outcome === "complete");
    if (bad) throw new Error("HubException: invalid_field: result: bad report");
    accepted.push(...call.args[0].map((each: any) => `${each.lease} ${each.outcome}`));
    return call.args[0].map(() => "ok");
  };
  connection.call("Run", jobs(8));
  while (worker.held > 0 || accepted.length === 0) await settle(1);
  assert.deepEqual(accepted.sort(), [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `l${n} ${n === 5 ? "fail" : "complete"}`));
});

test("a refusal that will pass is waited out: the same report goes again, unchanged", async (t) => {
  const { connection, worker } = await bench(t, { slots: 3, handlers: { t: (job) => job.args.n } });
  let refusals = 0;
  connection.answers["Report"] = (call) => {
    if (++refusals <= 5) throw new Error("HubException: overloaded: At capacity.");
    return call.args[0].map(() => "ok");
  };
  connection.call("Run", jobs(3));
  const told = await reports(connection, 18);
  while (worker.held > 0) await settle(1);
  assert.deepEqual(told.slice(15), told.slice(0, 3));
  assert.deepEqual(told.map((each) => each.outcome), Array(18).fill("complete"));
});

test("a refusal without a known code is tried a few times, then becomes a failure", async (t) => {
  const { connection, worker } = await bench(t, { handlers: { t: () => 1 } });
  connection.answers["Report"] = (call) => {
    if (call.args[0][0].outcome === "complete") throw new Error("Something broke.");
    return ["ok"];
  };
  connection.call("Run", jobs(1));
  const told = await reports(connection, 5);
  while (worker.held > 0) await settle(1);
  assert.deepEqual(told.map((each) => each.outcome), ["complete", "complete", "complete", "complete", "fail"]);
  assert.deepEqual(told[4].error, { code: "report_rejected", message: "The server refused the report: Something broke." });
});
