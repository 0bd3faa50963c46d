import { cpus, release } from "node:os";
import { ratios } from "./ratios.mjs";
import { summary } from "./summary.mjs";

/** The JSON document: what was seen, summed up and whole. */
export function document(results) {
  const rows = summary(results);
  return {
    at: new Date().toISOString(),
    machine: { processors: cpus().length, model: cpus()[0]?.model, linux: release(), node: process.version },
    figures: rows.map(({ test, value, contender, setting, runs, min, median, max }) => (
      { test, value: value.name, unit: value.unit, contender: contender.key, setting: setting.label, runs, min, median, max })),
    ratios: ratios(rows).map(({ test, value, contender, setting, times }) => (
      { test, value: value.name, contender: contender.key, setting: setting.label, times: Object.fromEntries([...times].map(([peer, ratio]) => [peer.key, ratio])) })),
    results,
  };
}
