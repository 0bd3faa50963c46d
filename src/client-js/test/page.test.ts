import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { Worker } from "../src/index.js";
import { bench, deferred, eager, next, reports } from "./fakes/bench.js";
import { FakeHub } from "./fakes/hub.js";
import { jobs } from "./fakes/jobs.js";
import { Mailbox } from "./fakes/mailbox.js";

class FakePage extends EventTarget {
  show(persisted: boolean): void {
    this.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  }

  hide(): void {
    this.dispatchEvent(new Event("pagehide"));
  }
}

test("a page that goes gives back what it runs and what waits, and leaves", async (t) => {
  const page = new FakePage();
  const { connection, worker } = await bench(t, { slots: 1, handlers: { t: () => new Promise(() => {}) } }, { ...eager, page });
  connection.call("Run", jobs(2));
  await next(worker, "job");
  page.hide();
  await connection.calls.take("Drain", (call) => call.target === "Drain");
  const back = await reports(connection, 2);
  assert.deepEqual(back.map((each) => [each.lease, each.outcome]), [["l0", "yield"], ["l1", "yield"]]);
  await connection.calls.take("Leave", (call) => call.target === "Leave");
  assert.equal(worker.held, 0);
});

test("a page that comes back from the browser's cache works again", async (t) => {
  const page = new FakePage();
  const { hub, connection, worker } = await bench(t, { handlers: { t: () => 1 } }, { ...eager, page });
  page.hide();
  await connection.calls.take("Leave", (call) => call.target === "Leave");
  page.show(false);
  assert.equal(worker.connected, true);
  page.show(true);
  const again = await hub.registered();
  assert.deepEqual(again.register.args[0].held, []);
  again.connection.call("Run", jobs(1));
  assert.equal((await reports(again.connection, 1))[0].outcome, "complete");
});

test("what a page gives back goes by a request, too, with the token that it had", async (t) => {
  const posts = new Mailbox<{ path: string; authorization: string | undefined; body: any }>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    posts.put({ path: request.url!, authorization: request.headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const hub = await FakeHub.start({ server });
  const page = new FakePage();
  const worker = new Worker(
    { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, namespace: "team", token: async () => "tok", handlers: { t: () => new Promise(() => {}) } },
    { ...eager, page },
  );
  t.after(async () => {
    await worker.stop();
    await hub.stop();
    server.close();
  });
  const started = worker.start();
  const { connection } = await hub.registered();
  await started;
  connection.call("Run", jobs(1));
  await next(worker, "job");
  page.hide();
  const post = await posts.take("the reports by request");
  assert.deepEqual([post.path, post.authorization], ["/v1/ns/team/worker/report", "Bearer tok"]);
  assert.deepEqual(post.body.reports.map((each: any) => [each.lease, each.outcome]), [["l0", "yield"]]);
});

test("a worker that has left does not listen to its page any more", async (t) => {
  const page = new FakePage();
  const { connection, worker } = await bench(t, { handlers: { t: () => 1 } }, { ...eager, page });
  await worker.drain();
  await connection.closed;
  page.hide();
  page.show(true);
  assert.equal(worker.connected, false);
});

test("a server that wants to see a fresh token gets one, and no job is disturbed", async (t) => {
  const gate = deferred<string>();
  let tokens = 0;
  const { hub, connection, worker } = await bench(t, { token: async () => `t${++tokens}`, handlers: { t: () => gate.promise } });
  hub.answers["Register"] = (call) => ({ session: "s2", accepted: call.args[0].held, heartbeat: 60_000 });
  connection.call("Run", jobs(1));
  await next(worker, "job");
  connection.call("Drain", "the token expires");
  connection.call("Drain", "asked by the worker");
  const again = await hub.registered();
  assert.deepEqual(again.register.args[0].held, ["l0"]);
  assert.deepEqual(hub.requests.map((request) => request.headers.authorization), ["Bearer t1", "Bearer t2"]);
  gate.resolve("done");
  again.connection.call("Run", jobs(1, {}, 1));
  assert.deepEqual((await reports(again.connection, 2)).map((each) => [each.lease, each.result]), [["l0", "done"], ["l1", "done"]]);
});
