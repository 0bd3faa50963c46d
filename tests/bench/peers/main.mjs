// Runs the plan: node main.mjs OPTIONS. Started by ./run, which installs what it needs; see there for the options.
import { measure } from "./measures/step.mjs";
import { readOptions } from "./options.mjs";
import { missingPackages } from "./packages.mjs";
import { document } from "./report/document.mjs";
import { tables } from "./report/tables.mjs";
import { Results } from "./results.mjs";
import { Site } from "./site.mjs";

const options = parsed();
const say = (text) => process.stderr.write(`${text}\n`);

if (options.packages) {
  console.log(missingPackages(options.contenders).join(" "));
} else if (options.list) {
  console.log(options.steps.map((step) => step.id).join("\n"));
} else if (options.report !== undefined) {
  report(new Results(options.report).all);
} else {
  const results = await run();
  report(results.all);
  if (results.all.some((one) => one.error)) process.exitCode = 1;
}

async function run() {
  const results = new Results(options.append);
  const site = new Site(options.smoke);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      site.abandon();
      process.exit(130);
    });
  }
  const total = options.rounds * options.steps.length;
  let number = 0;
  try {
    for (let round = 1; round <= options.rounds; round++) {
      for (const step of options.steps) results.add(await take(site, step, round, `[${++number}/${total}]`));
    }
  } finally {
    await site.close();
  }
  return results;
}

/** One measurement. That it failed is a result too: the others go on. */
async function take(site, step, round, label) {
  const result = { test: step.test, contender: step.contender.key, setting: step.setting.key, round, at: new Date().toISOString(), ...(site.isSmoke && { isSmoke: true }) };
  try {
    const { values, busy } = await measure(site, step);
    say(`${label} ${step.id}: ${Object.entries(values).map(([name, value]) => `${name} ${value.toFixed(value < 100 ? 2 : 0)}`.trim()).join(", ")}`);
    return { ...result, values, busy };
  } catch (error) {
    say(`${label} ${step.id}: FAILED: ${error.stack}`);
    return { ...result, error: error.message };
  }
}

function report(all) {
  if (options.json) console.log(JSON.stringify(document(all), undefined, 2));
  (options.json ? console.error : console.log)(tables(all));
}

function parsed() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}; try ./run --help`);
    process.exit(2);
  }
}
