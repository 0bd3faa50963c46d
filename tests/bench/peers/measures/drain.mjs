import { now, sleep } from "../load/clock.mjs";
import { quietMachine } from "../quiet.mjs";

const longest = 1_000;
const shortest = 15;

/** How fast workers empty a backlog: from the first handler's start until no job is left. */
export async function drain({ jobs, contender, processes, admin }) {
  await fill(processes, contender, jobs);
  const busy = await quietMachine();
  processes.work();
  await processes.until(() => processes.tallies.first() !== undefined, "at its first job");
  const begun = processes.tallies.first();
  const seconds = (await untilEmpty(processes, admin, jobs, begun) - begun) / 1e9;
  await processes.stop();
  const handled = processes.tallies.count();
  if (handled !== undefined && handled < jobs) throw new Error(`of ${jobs} jobs ${handled} were handled`);
  return { values: { "": jobs / seconds }, busy };
}

async function fill(processes, contender, jobs) {
  const hasBulk = contender.settings.enqB.length > 0;
  await processes.produce(hasBulk ? "bulk" : "single", { jobs, callers: 1 });
}

/** Looking takes time from what is measured: so it looks seldom, and often only towards the end. */
async function untilEmpty(processes, admin, jobs, begun) {
  for (;;) {
    const left = await admin.remaining();
    const at = now();
    if (left === 0) return at;
    const perMillisecond = Math.max(jobs - left, 1) / ((at - begun) / 1e6);
    await sleep(Math.min(longest, Math.max(shortest, left / perMillisecond / 2)));
    await processes.until(() => (at - begun) / 1e9 < 300, "done");
  }
}
