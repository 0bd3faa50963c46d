import assert from "node:assert/strict";
import { test } from "node:test";
import { bench, deferred, next, reports, settle } from "./fakes/bench.js";
import { HOLD } from "./fakes/hub-connection.js";
import { jobs } from "./fakes/jobs.js";
import { FakeTime } from "./fakes/time.js";

const to = (target: string) => (call: { target: string }) => call.target === target;

test("checkpoints of earlier attempts can be read; new ones are sent and readable", async (t) => {
  const { connection } = await bench(t, {
    handlers: {
      t: async (_, ctx) => {
        const before = ctx.checkpoints["page"];
        await ctx.checkpoint("page", { at: 7 });
        return [before, ctx.checkpoints["page"]];
      },
    },
  });
  connection.call("Run", jobs(1, { checkpoints: { page: { at: 3 } } }));
  assert.deepEqual((await connection.calls.take("Checkpoint", to("Checkpoint"))).args, ["l0", "page", { at: 7 }]);
  assert.deepEqual((await reports(connection, 1))[0].result, [{ at: 3 }, { at: 7 }]);
});

test("a checkpoint outlasts a reconnect, and the report waits for it even if the handler did not", async (t) => {
  const { hub, connection } = await bench(t, { handlers: { t: (_, ctx) => void ctx.checkpoint("n", 1) } });
  connection.answers["Checkpoint"] = () => HOLD;
  connection.call("Run", jobs(1));
  await connection.calls.take("Checkpoint", to("Checkpoint"));
  await settle(4);
  assert.equal(connection.calls.all.some(to("Report")), false);
  hub.answers["Register"] = (call) => ({ session: "s2", accepted: call.args[0].held, heartbeat: 60_000 });
  connection.cut();
  const again = await hub.registered();
  assert.deepEqual((await again.connection.calls.take("Checkpoint", to("Checkpoint"))).args, ["l0", "n", 1]);
  assert.equal((await reports(again.connection, 1))[0].outcome, "complete");
});

test("a refused checkpoint rejects with the server's words", async (t) => {
  const { connection } = await bench(t, { handlers: { t: (_, ctx) => ctx.checkpoint("n", 1) } });
  connection.answers["Checkpoint"] = () => {
    throw new Error("An unexpected error occurred invoking 'Checkpoint' on the server. HubException: too large");
  };
  connection.call("Run", jobs(1));
  assert.deepEqual((await reports(connection, 1))[0].error, { code: "hub_rejected", message: "WorcrError: too large" });
});

test("progress is gathered and goes ahead of the report, as do log lines in order", async (t) => {
  const { connection } = await bench(t, {
    handlers: {
      t: (_, ctx) => {
        for (let n = 1; n <= 100; n++) ctx.progress("rows", n, 100);
        ctx.log("info", "one");
        ctx.log("warn", "two");
      },
    },
  });
  connection.call("Run", jobs(1));
  const targets = [];
  for (let n = 0; n < 4; n++) targets.push(await connection.calls.take("a call", (call) => call.target !== "Heartbeat"));
  assert.deepEqual(targets.map((call) => [call.target, ...call.args.slice(1)]).slice(0, 3), [
    ["Progress", "rows", 100, 100],
    ["Log", "info", "one"],
    ["Log", "warn", "two"],
  ]);
  assert.equal(targets[3]!.target, "Report");
});

test("log lines are bounded, and what was dropped is counted", async (t) => {
  const { connection } = await bench(t, {
    handlers: { t: (_, ctx) => { for (let n = 0; n < 1_500; n++) ctx.log("info", `line ${n}`); } },
  });
  connection.call("Run", jobs(1));
  await reports(connection, 1);
  const lines = connection.calls.all.filter(to("Log"));
  assert.equal(lines.length, 1_001);
  assert.equal(lines[0]!.args[2], "500 log lines were dropped here.");
  assert.equal(lines[1]!.args[2], "line 500");
});

test("acquire answers the server's yes or no, and ends with the signal", async (t) => {
  const { connection } = await bench(t, {
    handlers: {
      t: async (_, ctx) => {
        const got = await ctx.acquire("shopify", { key: "shop-1", n: 2, wait: "3s" });
        return [got, await ctx.acquire("slow").catch((reason: unknown) => reason)];
      },
    },
  });
  connection.answers["Acquire"] = (call) => (call.args[1] === "slow" ? HOLD : true);
  connection.call("Run", jobs(1));
  assert.deepEqual((await connection.calls.take("Acquire", to("Acquire"))).args, ["l0", "shopify", "shop-1", 2, "3s"]);
  assert.deepEqual((await connection.calls.take("Acquire", to("Acquire"))).args, ["l0", "slow", null, 1, "0ms"]);
  connection.call("Interrupt", "l0", "drain");
  assert.deepEqual((await reports(connection, 1))[0].result, [true, "interrupt"]);
});

test("a time-out aborts the signal when its time has come, not before", async (t) => {
  const time = new FakeTime();
  const { connection, worker } = await bench(t, {
    slots: 2,
    handlers: { t: (_, ctx) => new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))) },
  }, time);
  connection.call("Run", [...jobs(1, { timeout: "2s" }), ...jobs(1, { timeout: null }, 1)]);
  await next(worker, "job");
  await settle();
  time.advance(1_900);
  await settle();
  assert.equal(worker.running, 2);
  time.advance(200);
  assert.deepEqual((await reports(connection, 1))[0].error, { code: "timeout", message: "timeout" });
  assert.equal(worker.running, 1);
  connection.call("Cancel", "l1", "end of the test");
  await reports(connection, 1);
});

test("a handler can start its time-out anew", async (t) => {
  const time = new FakeTime();
  const extended = deferred();
  const { connection, worker } = await bench(t, {
    handlers: {
      t: async (_, ctx) => {
        await extended.promise;
        await ctx.extend();
        await new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason)));
      },
    },
  }, time);
  connection.call("Run", jobs(1, { timeout: "2s" }));
  await next(worker, "job");
  time.advance(1_500);
  extended.resolve();
  assert.deepEqual((await connection.calls.take("Extend", to("Extend"))).args, ["l0"]);
  await settle(5);
  time.advance(1_500);
  await settle();
  assert.equal(worker.running, 1);
  time.advance(600);
  assert.equal((await reports(connection, 1))[0].error.code, "timeout");
});

test("a checkpoint of a lease that is gone rejects", async (t) => {
  const { connection } = await bench(t, { handlers: { t: (_, ctx) => ctx.checkpoint("n", 1) } });
  connection.answers["Checkpoint"] = () => "stale";
  connection.call("Run", jobs(1));
  assert.equal((await reports(connection, 1))[0].error.code, "lease_lost");
});

test("a heartbeat as often as the server asked", async (t) => {
  const time = new FakeTime();
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => 1 } }, time);
  hub.answers["Register"] = () => ({ session: "s2", accepted: [], heartbeat: 5_000 });
  const gone = next(worker, "disconnected");
  connection.cut();
  await gone;
  const back = next(worker, "connected");
  time.advance(1);
  await back;
  const again = await hub.registered();
  time.advance(15_300);
  for (let n = 0; n < 3; n++) await again.connection.calls.take("Heartbeat", to("Heartbeat"));
  await settle(5);
  assert.equal(again.connection.calls.all.some(to("Heartbeat")), false);
});

test("the signal is there when it is asked for only after the abort", async (t) => {
  const gate = deferred();
  const { connection, worker } = await bench(t, {
    handlers: { t: async (_, ctx) => (await gate.promise, [ctx.aborted, ctx.signal.aborted, ctx.signal.reason]) },
  });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  connection.call("Interrupt", "l0", "drain");
  connection.call("Run", jobs(1, { type: "x" }, 9));
  await reports(connection, 1);
  gate.resolve();
  assert.deepEqual((await reports(connection, 1))[0].result, ["interrupt", true, "interrupt"]);
});
