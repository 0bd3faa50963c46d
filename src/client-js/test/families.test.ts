import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, Yield } from "../src/index.js";
import { FakeApi } from "./fakes/api.js";
import { bench, eager, reports } from "./fakes/bench.js";
import { HOLD } from "./fakes/hub-connection.js";
import { jobs } from "./fakes/jobs.js";

test("a batch goes with its order and its callbacks", async (t) => {
  const api = await FakeApi.start(t);
  const answer = { id: "b", duplicate: false, jobs: [{ id: "1", state: "ready", duplicate: false }] };
  api.reply = () => ({ status: 201, body: answer });
  const batch = await new Client({ url: api.url }).enqueueBatch({
    name: "import", open: true,
    jobs: [{ type: "a", name: "first" }, { type: "b", after: ["first"], timeout: 30_000, then: { type: "t", delay: 5 } }],
    onSuccess: { type: "s", slo: 1_000 }, onFailure: { type: "f" }, onComplete: { type: "c", args: [1] },
  });
  assert.deepEqual(batch, answer);
  const { method, url, body: { id, ...body } } = api.requests[0]!;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual([method, url], ["POST", "/v1/batches"]);
  assert.deepEqual(body, {
    name: "import", open: true,
    jobs: [{ type: "a", name: "first" }, { type: "b", after: ["first"], timeout: "30000ms", then: { type: "t", delay: "5ms" } }],
    onSuccess: { type: "s", slo: "1000ms" }, onFailure: { type: "f" }, onComplete: { type: "c", args: [1] },
  });
});

test("a batch whose answer was lost is made again with the same id", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = ({ body }) => (api.requests.length < 3 ? "cut" : { body: { id: body.id, duplicate: true, jobs: [] } });
  const batch = await new Client({ url: api.url }, eager).enqueueBatch({ jobs: [{ type: "a" }] });
  assert.deepEqual(new Set(api.requests.map((got) => got.text)).size, 1);
  assert.deepEqual(batch, { id: api.requests[0]!.body.id, duplicate: true, jobs: [] });
});

test("a job of a batch, a callback and what follows need a type", async () => {
  const client = new Client({ url: "http://127.0.0.1:1" });
  await assert.rejects(client.enqueueBatch({ jobs: [{ type: "" }] }), TypeError);
  await assert.rejects(client.enqueueBatch({ open: true, onSuccess: {} as never }), TypeError);
  await assert.rejects(client.enqueueChildren("p", [{ type: "a", then: { type: "" } }]), TypeError);
});

test("batches are read, closed, cancelled, and listed page by page", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url });
  api.reply = () => ({ body: { id: "b" } });
  for (const call of ["getBatch", "closeBatch", "cancelBatch"] as const) assert.equal((await client[call]("b/c")).id, "b");
  api.reply = ({ url }) => ({ body: url.endsWith("?cursor=1.2") ? { items: [{ id: "3" }] } : { items: [{ id: "1" }, { id: "2" }], next: "1.2" } });
  const ids = [];
  for await (const batch of client.batches()) ids.push(batch.id);
  assert.deepEqual(ids, ["1", "2", "3"]);
  assert.deepEqual(api.requests.map(({ method, url }) => `${method} ${url}`), [
    "GET /v1/batches/b%2Fc", "POST /v1/batches/b%2Fc/close", "DELETE /v1/batches/b%2Fc", "GET /v1/batches", "GET /v1/batches?cursor=1.2",
  ]);
});

test("a handler enqueues its children once, in one request, and waits for them", async (t) => {
  const api = await FakeApi.start(t);
  const { connection } = await bench(t, {
    client: new Client({ url: api.url }),
    handlers: {
      t: async (job, ctx) => {
        if (!job.children) await ctx.enqueueChildren([{ type: "part", args: { n: 1 } }, { type: "part", id: "mine" }]);
        if (job.children?.pending !== 0) return ctx.yield({ until: "children" });
        return job.children;
      },
      thrower: () => { throw new Yield("I wait.", { until: "children" }); },
    },
  });
  connection.call("Run", jobs(1));
  const [first] = await reports(connection, 1);
  assert.deepEqual([first.outcome, first.until], ["yield", "children"]);
  assert.equal(api.requests.length, 1);
  const [{ id, ...part }, mine] = api.requests[0]!.body;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual([part, mine], [{ type: "part", args: { n: 1 }, parent: "job-0" }, { type: "part", id: "mine", parent: "job-0" }]);
  connection.call("Run", jobs(1, { type: "thrower" }, 1));
  assert.equal((await reports(connection, 1))[0].until, "children");
  connection.call("Run", jobs(1, { children: { pending: 0, succeeded: 2, failed: 0 } }, 2));
  assert.deepEqual((await reports(connection, 1))[0].result, { pending: 0, succeeded: 2, failed: 0 });
  assert.equal(api.requests.length, 1);
});

test("no children are enqueued for a job that is wanted back", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => new Promise(() => {});
  const { connection } = await bench(t, {
    client: new Client({ url: api.url }),
    handlers: { t: (_, ctx) => ctx.enqueueChildren([{ type: "part" }]) },
  });
  connection.answers["Heartbeat"] = () => HOLD;
  connection.call("Run", jobs(1));
  while (api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  connection.call("Interrupt", "l0", "drain");
  assert.equal((await reports(connection, 1))[0].outcome, "yield");
});
