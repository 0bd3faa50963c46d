import { forever } from "../load/forever.mjs";
import { openRedis } from "./redis.mjs";

const queue = "q";
const connection = (address) => ({ host: new URL(address).hostname, port: Number(new URL(address).port), maxRetriesPerRequest: null });

/** BullMQ over Redis. */
export const bullmq = {
  key: "bullmq",
  title: "BullMQ over Redis",
  npm: "bullmq",
  servers: ["redis"],
  settings: {
    enq1: [{ key: "add", label: "queue.add" }],
    enqB: [{ key: "addBulk", label: "queue.addBulk" }],
    drain: [{ key: "c10", label: "concurrency 10", slots: 10 }, { key: "c50", label: "concurrency 50", slots: 50, isBest: true }],
    latency: [{ key: "c10", label: "concurrency 10", slots: 10 }],
  },

  open: (site) => openRedis(site, async (redis) => (await redis.llen(`bull:${queue}:wait`)) + (await redis.llen(`bull:${queue}:active`))),

  async produce(address) {
    const { Queue } = await import("bullmq");
    const jobs = new Queue(queue, { connection: connection(address), defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });
    await jobs.waitUntilReady();
    return {
      one: (data) => jobs.add("noop", data),
      many: (list) => jobs.addBulk(list.map((data) => ({ name: "noop", data }))),
      close: () => jobs.close(),
    };
  },

  async work(address, { slots }, tally) {
    const { Worker } = await import("bullmq");
    const worker = new Worker(queue, async (job) => tally.hit(job.data), { connection: connection(address), concurrency: slots });
    worker.on("error", (error) => console.error(error));
    await forever;
  },
};
