import { parseArgs } from "node:util";
import { peers, worcrs } from "./contenders/index.mjs";
import { tests } from "./measures/index.mjs";
import { plan } from "./plan.mjs";

const known = {
  peers: { type: "string" },
  worcr: { type: "string" },
  tests: { type: "string" },
  only: { type: "string" },
  rounds: { type: "string", default: "3" },
  append: { type: "string" },
  report: { type: "string" },
  json: { type: "boolean", default: false },
  smoke: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  packages: { type: "boolean", default: false },
};

/** Reads the command line; throws with what is wrong with it. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options: known });
  const rounds = values.smoke ? 1 : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds needs a number from 1, not '${values.rounds}'`);
  const contenders = [
    ...chosen("--worcr", values.worcr, worcrs, (one) => one.store),
    ...chosen("--peers", values.peers, peers, (one) => one.key),
  ];
  const names = chosen("--tests", values.tests, Object.keys(tests), (name) => name);
  const steps = chosen("--only", values.only, plan(names, contenders), (step) => step.id);
  return { ...values, rounds, steps, contenders: contenders.filter((one) => steps.some((step) => step.contender === one)) };
}

function chosen(option, text, all, keyOf) {
  if (text === undefined) return all;
  const keys = text === "none" ? [] : text.split(",");
  const unknown = keys.find((key) => !all.some((one) => keyOf(one) === key));
  if (unknown !== undefined) throw new Error(`${option}: there is no '${unknown}'; there are: ${all.map(keyOf).join(" ")}`);
  return all.filter((one) => keys.includes(keyOf(one)));
}
