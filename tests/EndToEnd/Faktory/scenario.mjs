// What the published packages do with a server: node scenario.mjs URL QUEUE. Says "done" at the end; anything that is not as it should be throws.
import assert from "node:assert/strict";
import faktory from "faktory-worker";
import OldClient from "faktory-client";

const [url, queue] = process.argv.slice(2);
const client = await faktory.connect({ url });

const job = client.job("greet", { name: "Ann" }, 2);
job.queue = queue;
job.retry = 3;
job.custom = { locale: "fr" };
const jid = await job.push();
const fetched = await client.fetch("empty-" + queue, queue);
assert.equal(fetched.jid, jid);
assert.deepEqual(fetched.args, [{ name: "Ann" }, 2]);
assert.deepEqual([fetched.jobtype, fetched.queue, fetched.retry, fetched.priority], ["greet", queue, 3, 5]);
assert.deepEqual(fetched.custom, { locale: "fr" });

await client.fail(jid, Object.assign(new Error("it broke"), { code: "EBROKE" }));
assert.equal(await client.fetch(queue), null);
await client.retries.withJids(jid).requeue();
const again = await client.fetch(queue);
assert.deepEqual([again.jid, again.failure.errtype, again.failure.message, again.failure.retry_count], [jid, "EBROKE", "it broke", 0]);
assert.match(again.failure.backtrace[0], /it broke/);
assert.equal(await client.ack(jid), "OK");

const later = client.job("later");
later.queue = queue;
later.at = new Date(Date.now() + 1000).toISOString();
await later.push();
const due = await client.fetch(queue);
assert.equal(due.jid, later.jid);
assert.ok(Date.now() >= Date.parse(due.at) - 5, "it came early");
await client.ack(due.jid);

const bulk = Array.from({ length: 200 }, (_, n) => ({ jobtype: "bulk", queue, args: [n] }));
assert.deepEqual(await client.pushBulk([...bulk, { jobtype: "", queue, args: [] }]).then((r) => Object.values(r).map((f) => f.reason)), [
  "jobs must have a jobtype parameter",
]);
const info = await client.info();
assert.equal(info.faktory.queues[queue], 200);
const seen = new Set();
for (let n = 0; n < bulk.length; n++) {
  const one = await client.fetch(queue);
  seen.add(one.args[0]);
  await client.ack(one.jid);
}
assert.equal(seen.size, bulk.length);

const unique = () => ({ jobtype: "once", queue, args: [1], custom: { unique_for: 60 } });
await client.push(unique());
await assert.rejects(client.push(unique()), /NOTUNIQUE Job not unique/);
await client.ack((await client.fetch(queue)).jid);
await client.close();

const old = await new OldClient({ url }).connect();
const pushes = Array.from({ length: 20 }, (_, n) => old.push({ jobtype: "old", queue, args: [n] }));
const jids = await Promise.all(pushes);
const first = await old.fetch(queue);
assert.ok(jids.includes(first.jid));
assert.equal(await old.fail(first.jid, new Error("no code")), "OK");
assert.equal(await old.ack((await old.fetch(queue)).jid), "OK");
assert.ok((await old.info()).faktory.total_enqueued >= 18);
old.close();

await assert.rejects(faktory.connect({ url: url.replace(/:[^:@]*@/, ":wrong@") }), /Invalid password/);
console.log("done");
process.exit(0);
