import { contenders } from "../contenders/index.mjs";
import { tests } from "../measures/index.mjs";

/**
 * Sums results up: for each test, contender, setting and value the minimum, median and maximum of its runs.
 * @returns {{ test: string, title: string, value: object, contender: object, setting: object, runs: number, min: number, median: number, max: number }[]}
 */
export function summary(results) {
  return Object.entries(tests).flatMap(([test, { values }]) => values.flatMap((value) => contenders.flatMap((contender) =>
    contender.settings[test].flatMap((setting) => {
      const runs = results.filter((one) => one.values && one.test === test && one.contender === contender.key && one.setting === setting.key);
      const numbers = runs.map((one) => one.values[value.name]).sort((a, b) => a - b);
      if (numbers.length === 0) return [];
      return [{ test, value, contender, setting, runs: numbers.length, min: numbers[0], median: median(numbers), max: numbers.at(-1) }];
    }))));
}

const median = (sorted) => (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
