import { forever } from "../load/forever.mjs";
import { openPostgres } from "./postgres.mjs";

const queue = "q";

async function start(address, options) {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({ connectionString: address, supervise: false, schedule: false, ...options });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  return boss;
}

/** pg-boss over PostgreSQL. Its default (a poll every half second, one job each) makes 20 jobs a second with ten workers: not measured. */
export const pgBoss = {
  key: "pg-boss",
  title: "pg-boss over PostgreSQL",
  npm: "pg-boss",
  servers: ["postgres"],
  settings: {
    enq1: [{ key: "send", label: "send, pool of 10", jobs: 10_000 }],
    enqB: [{ key: "insert", label: "insert" }],
    drain: [
      { key: "batch10", label: "1 worker, batches of 10, burst", jobs: 20_000, work: { localConcurrency: 1, batchSize: 10, burstWhenBatchFull: true } },
      { key: "batch1000", label: "4 workers, batches of 1,000, burst", isBest: true, work: { localConcurrency: 4, batchSize: 1_000, burstWhenBatchFull: true } },
    ],
    latency: [{ key: "notify", label: "10 workers, LISTEN/NOTIFY", notify: true, work: { localConcurrency: 10, batchSize: 1 } }],
  },

  open: (site, { notify = false }) => openPostgres(site, async (client, address) => {
    const boss = await start(address, { max: 2 });
    if (await boss.getQueue(queue)) await boss.deleteQueue(queue);
    await boss.createQueue(queue, { notify });
    await boss.stop({ graceful: false });
    await client.query("truncate pgboss.job");
  }, `select count(*) from pgboss.job where name = '${queue}' and state < 'completed'`),

  async produce(address) {
    const boss = await start(address, { max: 10 });
    return {
      one: (data) => boss.send(queue, data),
      many: (list) => boss.insert(queue, list.map((data) => ({ data }))),
      close: () => boss.stop({ graceful: false }),
    };
  },

  async work(address, { work, notify = false }, tally) {
    const boss = await start(address, { max: 12, useListenNotify: notify });
    await boss.work(queue, { pollingIntervalSeconds: 0.5, ...work }, async (jobs) => jobs.forEach((job) => tally.hit(job.data)));
    await forever;
  },
};
