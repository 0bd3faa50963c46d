// PUSH with 10 in flight, then the drain by one worker, over bare connections and with the published packages: node bench.mjs [URL] [JOBS] [CONCURRENCY] [raw|published].
// Works with any Faktory server; against ceiling.mjs it says what the clients themselves reach. Needs "npm ci" in tests/EndToEnd/Faktory. compare.mjs starts servers and runs it
// against each of them in turns. Beside the rate stands what a job costs: processor time of this client and, with SERVER_PID in the environment, of the server.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { RawClient } from "./RawClient.mjs";

const InFlight = 10;
const TickMs = 10; // what Linux counts processor time in
const [url = "tcp://127.0.0.1:7419", jobs = "20000", slots = "20", only] = process.argv.slice(2);
const [count, concurrency] = [Number(jobs), Number(slots)];

/** The processor time of a process so far, in milliseconds. */
function serverMs() {
  const fields = readFileSync(`/proc/${process.env.SERVER_PID}/stat`, "latin1").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TickMs;
}

function clientMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function timed(name, run) {
  const meters = { client: clientMs, ...(process.env.SERVER_PID && { server: serverMs }) };
  const before = Object.values(meters).map(read => read());
  const begun = performance.now();
  await run();
  const seconds = (performance.now() - begun) / 1000;
  const costs = Object.entries(meters).map(([who, read], i) => `${String(Math.round(((read() - before[i]) / count) * 1000)).padStart(5)} us ${who}`);
  console.log(`${name.padEnd(46)} ${Math.round(count / seconds).toLocaleString("en").padStart(8)} jobs/s ${costs.join(" ")}`);
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
