// PUSH with 10 in flight, then the drain by one worker, over bare connections and with the published packages: node bench.mjs [URL] [JOBS] [CONCURRENCY] [raw|published].
// Works with any Faktory server; against ceiling.mjs it says what the clients themselves reach. Needs "npm ci" in tests/EndToEnd/Faktory.
import { createRequire } from "node:module";
import { RawClient } from "./RawClient.mjs";

const InFlight = 10;
const [url = "tcp://127.0.0.1:7419", jobs = "20000", slots = "20", only] = process.argv.slice(2);
const [count, concurrency] = [Number(jobs), Number(slots)];

async function timed(name, run) {
  const begun = performance.now();
  await run();
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${name.padEnd(46)} ${Math.round(count / seconds).toLocaleString("en").padStart(8)} jobs/s`);
}

/** So many loops at once, which share the count. */
function shared(loops, step) {
  let left = count;
  const loop = async index => {
    while (left > 0) await step(left--, index);
  };
  return Promise.all(Array.from({ length: loops }, (_, index) => loop(index)));
}

function jobOf(queue, number) {
  return { jid: crypto.randomUUID().replaceAll("-", "").slice(0, 24), jobtype: "nothing", queue, args: [number, "some text"], created_at: new Date().toISOString() };
}

async function raw() {
  const queue = `raw-${process.pid}`;
  const push = (client, number) => client.call("PUSH " + JSON.stringify(jobOf(queue, number)));
  const clients = await Promise.all(Array.from({ length: InFlight }, () => RawClient.open(url)));
  await timed("bare: PUSH, 10 connections", () => shared(InFlight, (number, index) => push(clients[index], number)));
  await timed("bare: PUSH, 1 connection, 10 in flight", () => shared(InFlight, number => push(clients[0], number)));
  clients.forEach(client => client.close());
  const wid = `raw${process.pid}`;
  const workers = await Promise.all(Array.from({ length: concurrency }, () => RawClient.open(url, wid)));
  const drain = () => shared(concurrency, async (_, index) => {
    let job = null;
    while (job === null) job = await workers[index].call(`FETCH ${queue}`);
    await workers[index].call(`ACK {"jid":"${JSON.parse(job).jid}"}`);
  });
  for (const order of ["first", "second"]) await timed(`bare: FETCH and ACK, ${concurrency} connections, ${order} half`, drain);
  workers.forEach(client => client.close());
}

async function published() {
  const faktory = createRequire(new URL("../../EndToEnd/Faktory/package.json", import.meta.url))("faktory-worker");
  const queue = `bench-${process.pid}`;
  const client = new faktory.Client({ url, poolSize: InFlight });
  await timed("faktory-worker: PUSH, 10 in flight", () => shared(InFlight, number => client.push({ jobtype: "nothing", queue, args: [number, "some text"] })));
  await timed(`faktory-worker: drain, concurrency ${concurrency}`, () => new Promise((done, failed) => {
    let ran = 0;
    const control = faktory.create();
    control.register("nothing", async () => {
      if (++ran === count) done();
    });
    control.work({ url, queues: [queue], concurrency }).catch(failed);
  }));
}

if (only !== "published") await raw();
if (only !== "raw") await published();
process.exit(0);
