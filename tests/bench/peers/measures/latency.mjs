import { quietMachine } from "../quiet.mjs";

const perSecond = 100;

/** How long it takes from the enqueue call to the handler's start in another process, at a steady hundred jobs a second. */
export async function latency({ jobs, processes, admin }) {
  processes.work();
  await processes.produce("single", { jobs: 20, callers: 1 });
  await emptied(processes, admin);
  const busy = await quietMachine();
  await processes.produce("steady", { jobs, warm: Math.min(2 * perSecond, jobs) });
  await emptied(processes, admin);
  await processes.stop();
  const waits = processes.tallies.waits();
  if (waits.length !== jobs) throw new Error(`of ${jobs} jobs ${waits.length} were handled`);
  return { values: { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) }, busy };
}

const emptied = (processes, admin) => processes.until(async () => (await admin.remaining()) === 0, "done with all jobs");

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
