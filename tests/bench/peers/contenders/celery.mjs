import { fileURLToPath } from "node:url";
import { openRedis } from "./redis.mjs";

const python = "/usr/bin/python3"; // Debian's own, which has the packages
const folder = fileURLToPath(new URL("celery", import.meta.url));
const env = { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1", C_FORCE_ROOT: "1" };
const quiet = ["-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"];

/** Celery over Redis; producer and worker are Python. It has no call for many jobs. */
export const celery = {
  key: "celery",
  title: "Celery over Redis",
  debian: ["python3-celery", "python3-redis"],
  servers: ["redis"],
  settings: {
    enq1: [{ key: "delay", label: "delay, 10 threads", jobs: 5_000 }],
    enqB: [],
    drain: [
      { key: "c10", label: "prefork 10", slots: 10, pool: "prefork", jobs: 5_000 },
      { key: "2p-solo", label: "2 processes, solo", slots: 1, pool: "solo", processes: 2, jobs: 10_000, isBest: true },
    ],
    latency: [{ key: "c10", label: "prefork 10", slots: 10, pool: "prefork" }],
  },

  open: (site) => openRedis(site, async (redis) => (await redis.llen("celery")) + (await redis.hlen("unacked"))),
  produceBy: () => ({ command: python, args: [`${folder}/produce.py`], env }),
  workBy: ({ slots, pool }, number) => ({
    command: python,
    args: ["-m", "celery", "-A", "tasks", "worker", "-c", String(slots), "-P", pool, "-n", `worker${number}@%h`, ...quiet],
    env,
  }),
};
