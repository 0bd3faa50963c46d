import { quietMachine } from "../quiet.mjs";

/** Ten callers of one process that each await their job before the next. */
export const single = (ground) => enqueue(ground, "single", 1_000);

/** One call after the other, each with 1,000 jobs. */
export const bulk = (ground) => enqueue(ground, "bulk", 10_000);

async function enqueue({ jobs, processes, admin }, mode, most) {
  const warm = Math.min(most, jobs);
  const busy = await quietMachine();
  const seconds = await processes.produce(mode, { jobs, warm });
  const stored = await admin.remaining();
  if (stored !== warm + jobs) throw new Error(`${warm + jobs} jobs were enqueued, ${stored} are there`);
  return { values: { "": jobs / seconds }, busy };
}
