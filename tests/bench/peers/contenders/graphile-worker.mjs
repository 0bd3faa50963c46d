import { forever } from "../load/forever.mjs";
import { openPostgres } from "./postgres.mjs";

const graphile = async () => {
  const { Logger, ...rest } = await import("graphile-worker");
  return { ...rest, logger: new Logger(() => () => {}) };
};

/** graphile-worker over PostgreSQL. */
export const graphileWorker = {
  key: "graphile-worker",
  title: "graphile-worker over PostgreSQL",
  npm: "graphile-worker",
  servers: ["postgres"],
  settings: {
    enq1: [{ key: "addJob", label: "addJob, pool of 10", jobs: 10_000 }],
    enqB: [{ key: "addJobs", label: "addJobs" }],
    drain: [
      { key: "c10", label: "concurrency 10", slots: 10, jobs: 20_000 },
      { key: "2p-batched", label: "2 processes, 10, local queue 500, batched", slots: 10, processes: 2, variant: "batched", isBest: true },
    ],
    latency: [{ key: "c10", label: "concurrency 10", slots: 10 }],
  },

  open: (site) => openPostgres(site, async (client, address) => {
    const { runMigrations, logger } = await graphile();
    await runMigrations({ connectionString: address, logger });
    await client.query("truncate graphile_worker._private_jobs");
  }, "select count(*) from graphile_worker._private_jobs"),

  async produce(address) {
    const { makeWorkerUtils, logger } = await graphile();
    const { default: pg } = await import("pg");
    const pgPool = new pg.Pool({ connectionString: address, max: 10 });
    const utils = await makeWorkerUtils({ pgPool, logger });
    return {
      one: (data) => utils.addJob("noop", data),
      many: (list) => utils.addJobs(list.map((payload) => ({ identifier: "noop", payload }))),
      async close() {
        await utils.release();
        await pgPool.end();
      },
    };
  },

  async work(address, { slots, variant }, tally) {
    const { run, logger } = await graphile();
    const taskList = { noop: async (data) => tally.hit(data) };
    const worker = { concurrentJobs: slots, maxPoolSize: Math.min(slots + 4, 24), pollInterval: 2000 };
    const batched = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
    await run({ connectionString: address, noHandleSignals: true, logger, taskList, preset: { worker: variant === "batched" ? { ...worker, ...batched } : worker } });
    await forever;
  },
};
