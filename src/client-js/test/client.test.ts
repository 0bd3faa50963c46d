import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, WorcrError } from "../src/index.js";
import { eager, settle } from "./fakes/bench.js";
import { FakeApi } from "./fakes/api.js";
import { FakeTime } from "./fakes/time.js";

test("errors carry what the problem document says", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({
    status: 409,
    headers: { "content-type": "application/problem+json" },
    body: {
      title: "The job's state does not allow it", code: "illegal_transition", detail: "It runs.", errors: [{ path: "a.b", message: "m" }],
    },
  });
  const error = await new Client({ url: api.url }).retry("x").catch((each: unknown) => each as WorcrError);
  assert.ok(error instanceof WorcrError);
  const { status, code, title, detail, field, errors, message, ambiguous } = error;
  assert.deepEqual({ status, code, title, detail, field, errors, message, ambiguous }, {
    status: 409, code: "illegal_transition", title: "The job's state does not allow it", detail: "It runs.", field: "a.b",
    errors: [{ path: "a.b", message: "m" }], message: "It runs.", ambiguous: false,
  });
});

test("an error that is no problem document is still an error", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({ status: 502, body: "<html>" });
  await assert.rejects(new Client({ url: api.url }).get("x"), { status: 502, code: "http_502", title: "Bad Gateway" });
});

test("429 waits as long as Retry-After says", async (t) => {
  const api = await FakeApi.start(t);
  const time = new FakeTime();
  const busy = { status: 429, headers: { "retry-after": "7" }, body: { code: "overloaded" } };
  api.reply = () => (api.requests.length === 1 ? busy : { body: { id: "x" } });
  const got = new Client({ url: api.url }, time).get("x");
  while (!time.waits.includes(7_000)) await settle(1);
  assert.equal(api.requests.length, 1);
  time.advance(7_000);
  assert.equal((await got).id, "x");
});

test("a Retry-After beyond retryCap is thrown at once, and told", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({ status: 429, headers: { "retry-after": "120" }, body: { code: "overloaded" } });
  await assert.rejects(new Client({ url: api.url }).get("x"), { status: 429, retryAfter: 120_000 });
  assert.equal(api.requests.length, 1);
});

test("retries end", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({ status: 503, body: { code: "draining" } });
  await assert.rejects(new Client({ url: api.url, retries: 2 }, eager).get("x"), { status: 503 });
  assert.equal(api.requests.length, 3);
});

test("list walks the pages", async (t) => {
  const api = await FakeApi.start(t);
  const first = { jobs: [{ id: "1" }, { id: "2" }], next: "c2" };
  api.reply = (got) => ({ body: got.url.includes("cursor=c2") ? { jobs: [{ id: "3" }] } : first });
  const ids = [];
  for await (const job of new Client({ url: api.url }).list({ state: "dead", limit: 2 })) ids.push(job.id);
  assert.deepEqual(ids, ["1", "2", "3"]);
  assert.deepEqual(api.requests.map((got) => got.url), ["/v1/jobs?state=dead&limit=2", "/v1/jobs?state=dead&limit=2&cursor=c2"]);
});

test("logs walks the pages", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = (got) => ({ body: got.url.endsWith("skip=1") ? { lines: [{ line: "b" }] } : { lines: [{ line: "a" }], next: 1 } });
  assert.deepEqual((await new Client({ url: api.url }).logs("x")).map((each) => each.line), ["a", "b"]);
});

test("result waits on the server, and says when it was in vain", async (t) => {
  const api = await FakeApi.start(t);
  const client = new Client({ url: api.url });
  api.reply = () => ({ body: { id: "x", state: "succeeded", result: 42 } });
  assert.equal((await client.result("x", { wait: "10s" })).result, 42);
  assert.match(api.requests[0]!.url, /^\/v1\/jobs\/x\/result\?wait=(10000|9999)ms$/);
  api.reply = () => ({ status: 202, body: { id: "x", state: "running" } });
  await assert.rejects(client.result("x"), { code: "not_finished", status: 202 });
});

test("run answers the finished job", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({ status: 200, body: { id: "x", state: "succeeded", result: 42 } });
  const job = await new Client({ url: api.url }).run("t", { n: 1 }, { wait: "3s", tenant: "acme" });
  assert.equal(job.result, 42);
  assert.equal(api.requests[0]!.url, "/v1/jobs?wait=3000ms");
  assert.deepEqual(api.requests[0]!.body, { type: "t", args: { n: 1 }, tenant: "acme" });
});

test("run goes on waiting after a 202", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = (got) => {
    if (got.method === "POST") return { status: 202, body: { id: "x", state: "running" } };
    return got.url.includes("/result") ? { status: 410, body: { code: "result_gone" } } : { body: { id: "x", state: "dead" } };
  };
  assert.equal((await new Client({ url: api.url }).run("t", null, { wait: "60s" })).state, "dead");
});

test("cancel, retry, interrupt and bulk use their paths", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => ({ body: { affected: 3 } });
  const client = new Client({ url: api.url });
  await client.cancel("a");
  await client.retry("a");
  await client.interrupt("a");
  assert.equal(await client.bulk({ action: "cancel", match: { types: ["t"] } }), 3);
  await client.request("PUT", "/limits/l", { limit: 1 });
  assert.deepEqual(api.requests.map((got) => `${got.method} ${got.url}`), [
    "DELETE /v1/jobs/a", "POST /v1/jobs/a/retry", "POST /v1/jobs/a/interrupt", "POST /v1/jobs/bulk", "PUT /v1/limits/l",
  ]);
});

test("a signal ends a wait with its reason", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => new Promise(() => {});
  const controller = new AbortController();
  const waiting = new Client({ url: api.url }).result("x", { wait: "30s", signal: controller.signal });
  while (api.requests.length === 0) await settle(1);
  controller.abort("enough");
  assert.equal(await waiting.catch((reason: unknown) => reason), "enough");
});

test("a request that takes too long ends", async (t) => {
  const api = await FakeApi.start(t);
  api.reply = () => new Promise(() => {});
  const time = new FakeTime();
  const got = new Client({ url: api.url, retries: 0, requestTimeout: "5s" }, time).get("x");
  while (api.requests.length === 0) await settle(1);
  time.advance(5_000);
  await assert.rejects(got, { code: "request_timeout", ambiguous: false });
});
