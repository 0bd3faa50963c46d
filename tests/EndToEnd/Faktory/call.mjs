// One call of the published package: node call.mjs URL QUEUE fetch, or node call.mjs URL QUEUE ack JID.
import assert from "node:assert/strict";
import faktory from "faktory-worker";

const [url, queue, verb, jid] = process.argv.slice(2);
const client = await faktory.connect({ url });
if (verb === "fetch") assert.ok(await client.fetch(queue));
else assert.equal(await client.ack(jid), "OK");
await client.close();
console.log("done");
