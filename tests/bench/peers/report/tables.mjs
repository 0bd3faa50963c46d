import { tests } from "../measures/index.mjs";
import { ratios } from "./ratios.mjs";
import { summary } from "./summary.mjs";

/** The tables, in Markdown that can also be read as it is. */
export function tables(results) {
  const rows = summary(results);
  const parts = Object.entries(tests).flatMap(([test, { title, values }]) => values.flatMap((value) => {
    const these = rows.filter((row) => row.test === test && row.value === value);
    return these.length === 0 ? [] : [`## ${test}: ${title}, ${[value.name, value.unit].filter(Boolean).join(" in ")}`, figures(these), times(these)];
  }));
  const smoke = results.some((one) => one.isSmoke) ? "This was a smoke run: that there is a figure means that it works, and nothing else." : "";
  return [...parts, ...errors(results), machine(results), smoke].filter(Boolean).join("\n\n");
}

function figures(rows) {
  const cells = rows.map(({ contender, setting, runs, min, median, max }) => [contender.title, setting.label, runs, number(min), number(median), number(max)]);
  return table(["", "setting", "runs", "min", "median", "max"], cells, 2);
}

function times(rows) {
  const all = ratios(rows);
  const peers = [...new Set(all.flatMap((row) => [...row.times.keys()]))];
  if (peers.length === 0) return "";
  const cells = all.map(({ contender, setting, times: ratio }) => [
    `${contender.title}, ${setting.label}`,
    ...peers.map((peer) => (ratio.has(peer) ? `${number(ratio.get(peer))}x` : "")),
  ]);
  return table(["times as good as (medians)", ...peers.map((peer) => peer.key)], cells, 1);
}

function errors(results) {
  const failed = results.filter((one) => one.error);
  return failed.length === 0 ? [] : [`${failed.length} measurements failed:\n${failed.map((one) => `- ${one.test}/${one.contender}/${one.setting}: ${one.error}`).join("\n")}`];
}

function machine(results) {
  const busy = results.filter((one) => one.busy !== undefined).map((one) => one.busy);
  if (busy.length === 0) return "";
  const noisy = busy.filter((one) => one > 0.1).length;
  return `${busy.length} measurements; in the second before them the machine was at most ${Math.round(Math.max(...busy) * 100)} % busy, over 10 % before ${noisy} of them.`;
}

function table(head, rows, leftColumns) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => (column < leftColumns ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column < leftColumns ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join("\n");
}

const number = (value) => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
