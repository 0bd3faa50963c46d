import { readFileSync } from "node:fs";
import { sleep } from "./load/clock.mjs";

const enough = 0.1;
const patience = 45_000;

/**
 * Waits until the processors were less than 10 % busy for a second, but not for ever.
 * @returns {Promise<number>} how busy they were in the last second, 0 to 1; it stands beside the figure
 */
export async function quietMachine() {
  const limit = Date.now() + patience;
  for (;;) {
    const before = processors();
    await sleep(1000);
    const after = processors();
    const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
    if (busy < enough || Date.now() > limit) return busy;
  }
}

function processors() {
  const times = readFileSync("/proc/stat", "utf8").split("\n")[0].trim().split(/\s+/).slice(1).map(Number);
  return { all: times.reduce((sum, one) => sum + one), idle: times[3] + times[4] };
}
