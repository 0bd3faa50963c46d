import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, type JobSpec } from "../src/index.js";
import { eager } from "./fakes/bench.js";
import { FakeApi, stored, type Got } from "./fakes/api.js";

const problem = (status: number, code: string, path?: string) => ({
  status,
  body: { title: code, status, code, detail: `bad ${code}`, errors: path ? [{ path, message: "no" }] : undefined },
});

/** Refuses every batch that has a job with `args.bad`, as a server does that stores all or nothing. */
function refuseBad(hint: boolean) {
  return (got: Got) => {
    const list = Array.isArray(got.body) ? got.body : [got.body];
    const index = list.findIndex((job: any) => job.args.bad);
    if (index < 0) return { status: 201, body: stored(got.body) };
    return problem(400, "invalid_field", !hint ? undefined : Array.isArray(got.body) ? `[${index}].weight` : "weight");
  };
}

test("one job: path, key, body, answer", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: `${api.url}/`, key: "k", namespace: "n 1" });
  const answer = await client.enqueue("email.send", { n: 1 }, {
    tenant: "acme", slo: 5_000, retry: { base: 1_000 }, unique: { key: "u", for: 60_000 },
  });
  assert.deepEqual(answer, { id: "id-1", state: "ready", duplicate: false });
  const [got] = api.requests;
  assert.equal(got!.url, "/v1/ns/n%201/jobs");
  assert.equal(got!.headers.authorization, "Bearer k");
  assert.deepEqual(got!.body, {
    type: "email.send", args: { n: 1 }, tenant: "acme", slo: "5000ms", retry: { base: "1000ms" }, unique: { key: "u", for: "60000ms" },
  });
});

test("callers of one turn share a request, and each gets its own answer", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => client.enqueue("t", { n })));
  assert.equal(api.requests.length, 1);
  assert.deepEqual(answers.map((answer) => answer.id), Array.from({ length: 50 }, (_, n) => `id-${n}`));
});

for (const hint of [true, false]) {
  test(`a bad job fails its own caller only (${hint ? "the server names it" : "the server does not say which"})`, async (t) => {
    const api = await FakeApi.start(t);
    api.reply = refuseBad(hint);
    const client = new Client({ url: api.url });
    const bad = new Set([7, 31]);
    const settled = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => client.enqueue("t", { n, bad: bad.has(n) })));
    assert.deepEqual(settled.flatMap((each, n) => (each.status === "rejected" ? [n] : [])), [7, 31]);
    const { reason } = settled[7] as PromiseRejectedResult;
    assert.equal(reason.code, "invalid_field");
    assert.equal(reason.field, hint ? "weight" : undefined);
    assert.ok(api.requests.length <= (hint ? 3 : 2 * 2 * 6), `${api.requests.length} requests`);
  });
}

test("a job that is no JSON never leaves, and harms nobody", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url });
  const [bad, good] = await Promise.allSettled([client.enqueue("t", 10n), client.enqueue("t", { n: 1 })]);
  assert.equal(bad.status, "rejected");
  assert.equal(good.status, "fulfilled");
});

test("a key that is not known concerns everybody and is not asked about again", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => problem(401, "unauthorized");
  const client = new Client({ url: api.url });
  const settled = await Promise.allSettled([client.enqueue("t"), client.enqueue("t"), client.enqueue("t")]);
  assert.ok(settled.every((each) => each.status === "rejected"));
  assert.equal(api.requests.length, 1);
});

test("while four requests are under way, further callers gather", async (t) => {
  const api = await FakeApi.start(t);
  const open: (() => void)[] = [];
  api.reply = async (got) => {
    if (open.length < 4) await new Promise<void>((resolve) => open.push(resolve));
    return { status: 201, body: stored(got.body) };
  };
  const client = new Client({ url: api.url });
  const all: Promise<unknown>[] = [];
  for (let n = 0; n < 4; n++) {
    all.push(client.enqueue("t", { n }));
    while (open.length <= n) await new Promise((resolve) => setImmediate(resolve));
  }
  for (let n = 4; n < 24; n++) {
    all.push(client.enqueue("t", { n }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(api.requests.length, 4);
  open.forEach((answer) => answer());
  await Promise.all(all);
  assert.equal(api.requests.length, 5);
  assert.equal(api.requests[4]!.body.length, 20);
});

test("an answer that is lost: thrown as ambiguous, not repeated", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => "cut";
  const client = new Client({ url: api.url }, eager);
  await assert.rejects(client.enqueue("t"), { code: "network", status: 0, ambiguous: true });
  assert.equal(api.requests.length, 1);
});

test("an idempotent client repeats it with the same id", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = (got) => (api.requests.length < 3 ? "cut" : { status: 200, body: stored(got.body) });
  const client = new Client({ url: api.url, idempotent: true }, eager);
  const { id } = await client.enqueue("t");
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(api.requests.map((got) => got.body.id), [id, id, id]);
});

test("503 unavailable means that nobody knows; 503 draining that nothing happened", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url }, eager);
  api.reply = () => problem(503, "unavailable");
  await assert.rejects(client.enqueue("t"), { code: "unavailable", ambiguous: true });
  assert.equal(api.requests.length, 1);
  api.reply = (got) => (api.requests.length < 4 ? problem(503, "draining") : { status: 201, body: stored(got.body) });
  await client.enqueue("t", { n: 1 });
  assert.equal(api.requests.length, 4);
});

test("a connection that was never made is tried again", async () => {
  let calls = 0;
  const refused = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
  const fake = async () => {
    if (++calls < 3) throw refused;
    return new Response(JSON.stringify({ id: "a", state: "ready", duplicate: false }), { status: 201 });
  };
  const client = new Client({ url: "http://localhost:1", fetch: fake as typeof fetch }, eager);
  assert.equal((await client.enqueue("t")).id, "a");
  assert.equal(calls, 3);
});

test("many: NDJSON in chunks, answers in order", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url });
  function* specs(): Generator<JobSpec> {
    for (let n = 0; n < 25; n++) yield { type: "t", args: { n } };
  }
  const answers = await client.enqueueMany(specs(), { chunk: 10 });
  assert.deepEqual(api.requests.map((got) => got.body.length), [10, 10, 5]);
  assert.equal(api.requests[0]!.headers["content-type"], "application/x-ndjson");
  assert.equal(answers[24]!.id, "id-24");
});

test("many: an error tells how many were stored", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = (got) => (api.requests.length < 3 ? { status: 201, body: stored(got.body) } : problem(413, "too_large", "[1].args"));
  const client = new Client({ url: api.url });
  const specs = Array.from({ length: 25 }, (_, n) => ({ type: "t", args: { n } }));
  await assert.rejects(client.enqueueMany(specs, { chunk: 10 }), { code: "too_large", enqueued: 20, field: "[1].args" });
});
