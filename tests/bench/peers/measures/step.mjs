import { figure } from "./figure.mjs";
import { tests } from "./index.mjs";
import { Processes } from "./processes.mjs";

const smoke = { jobs: 200 };

/** Makes one measurement: one test of one contender in one setting. */
export async function measure(site, step) {
  const { contender, setting } = step;
  if (setting.figure) return figure(site, step);
  const admin = await contender.open(site, setting);
  const processes = new Processes(site, step, admin.address);
  try {
    return await tests[step.test].measure({ jobs: jobsOf(site, step), contender, processes, admin });
  } finally {
    await processes.stop();
    await admin.close();
  }
}

const jobsOf = (site, { test, setting }) => (site.isSmoke ? smoke.jobs : setting.jobs ?? tests[test].jobs);
