import { drain } from "./drain.mjs";
import { bulk, single } from "./enqueue.mjs";
import { latency } from "./latency.mjs";

const rate = { name: "", unit: "jobs/s", isRate: true };

/** What is measured: how, with how many jobs (also in a smoke run), and which values come out. */
export const tests = {
  enq1: { title: "one job a call, one producer process, 10 callers", measure: single, jobs: 20_000, values: [rate] },
  enqB: { title: "1,000 jobs a call, one producer process, one call after the other", measure: bulk, jobs: 200_000, values: [rate] },
  drain: { title: "a backlog of no-op jobs is drained, one worker process unless its setting says two", measure: drain, jobs: 100_000, values: [rate] },
  latency: {
    title: "enqueue call to handler start at 100 jobs/s",
    measure: latency,
    jobs: 2_000,
    values: [{ name: "p50", unit: "ms" }, { name: "p99", unit: "ms" }],
  },
};
