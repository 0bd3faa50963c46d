/* Measures the worker alone: how fast one Node process takes no-op jobs from a fake server in another process and reports them. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker, type Handler } from "../src/index.js";

const TOTAL = Number(process.env["JOBS"] ?? 300_000);
const SLOTS = Number(process.env["SLOTS"] ?? 500);

const handlers: Record<string, Handler> = {
  "sync handler, no result": () => undefined,
  "async handler, no result": async () => undefined,
  "async handler, small result": async (job) => ({ n: job.args.n }),
};

async function drain(handler: Handler): Promise<{ rate: number; cpu: number }> {
  const server = fork(fileURLToPath(new URL("./server.js", import.meta.url)), [String(TOTAL), String(SLOTS * 2)]);
  const [port] = (await once(server, "message")) as [number];
  let done = 0;
  let finished = () => {};
  const all = new Promise<void>((resolve) => (finished = resolve));
  const counted: Handler = (job, ctx) => (++done === TOTAL && finished(), handler(job, ctx));
  const worker = new Worker({ url: `http://127.0.0.1:${port}`, slots: SLOTS, handlers: { noop: counted } });
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  await worker.start();
  await all;
  await worker.drain();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  server.disconnect();
  return { rate: TOTAL / seconds, cpu: (user + system) / TOTAL };
}

console.log(`${TOTAL.toLocaleString("en")} jobs, ${SLOTS} slots, Node ${process.version}`);
for (const [name, handler] of Object.entries(handlers)) {
  const rounds = [await drain(handler), await drain(handler), await drain(handler)].sort((a, b) => a.rate - b.rate);
  const { rate, cpu } = rounds[1]!;
  const perSecond = Math.round(rate).toLocaleString("en").padStart(9);
  console.log(`${name.padEnd(30)} ${perSecond} jobs/s  ${cpu.toFixed(2)} us CPU a job (median of 3 by rate)`);
}
