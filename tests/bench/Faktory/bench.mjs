// PUSH with 10 in flight, then the drain by one published Node worker: node bench.mjs [URL] [JOBS] [CONCURRENCY]. Works with any Faktory server.
// Needs "npm ci" in tests/EndToEnd/Faktory.
import { createRequire } from "node:module";

const faktory = createRequire(new URL("../../EndToEnd/Faktory/package.json", import.meta.url))("faktory-worker");
const [url = "tcp://127.0.0.1:7419", jobs = "10000", concurrency = "20"] = process.argv.slice(2);
const count = Number(jobs);
const queue = `bench-${process.pid}`;

async function timed(name, run) {
  const begun = performance.now();
  await run();
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${name.padEnd(34)} ${Math.round(count / seconds).toLocaleString("en").padStart(8)} jobs/s`);
}

const client = new faktory.Client({ url, poolSize: 10 });
await timed("PUSH, 10 in flight", async () => {
  let left = count;
  const loop = async () => {
    while (left-- > 0) await client.push({ jobtype: "nothing", queue, args: [left, "some text"] });
  };
  await Promise.all(Array.from({ length: 10 }, loop));
});
await timed(`drain by a worker, concurrency ${concurrency}`, () => new Promise((done, failed) => {
  let ran = 0;
  const control = faktory.create();
  control.register("nothing", async () => {
    if (++ran === count) done();
  });
  control.work({ url, queues: [queue], concurrency: Number(concurrency) }).catch(failed);
}));
process.exit(0);
