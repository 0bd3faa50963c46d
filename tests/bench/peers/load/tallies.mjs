import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What all worker processes of a measurement wrote: files `first-PID`, `count-PID` and `waits-PID` in one folder. */
export class Tallies {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** Forgets everything. */
  clear() {
    for (const file of readdirSync(this.folder)) rmSync(join(this.folder, file));
  }

  /** When the first handler of all started, in nanoseconds; undefined before. */
  first() {
    const all = this.#numbers("first");
    return all.length > 0 ? Math.min(...all) : undefined;
  }

  /** How often a handler ran; undefined when the workers do not count. */
  count() {
    const all = this.#numbers("count");
    return all.length > 0 ? all.reduce((sum, one) => sum + one) : undefined;
  }

  /** Milliseconds from enqueue call to handler start, shortest first. */
  waits() {
    return this.#numbers("waits").map((nanoseconds) => nanoseconds / 1e6).sort((a, b) => a - b);
  }

  #numbers(what) {
    const files = readdirSync(this.folder).filter((name) => name.startsWith(`${what}-`));
    return files.flatMap((name) => readFileSync(join(this.folder, name), "utf8").split("\n").filter(Boolean).map(Number));
  }
}
