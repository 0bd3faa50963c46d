import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { now } from "./clock.mjs";

/** What one worker process saw: when its first handler started, how many did, and how long each job took to get there. */
export class Tally {
  #folder;
  #count = 0;
  #waits = [];

  /** @param {string} folder where the files go that the measurement reads */
  constructor(folder) {
    this.#folder = folder;
  }

  /** A handler has started. @param {{ t?: number }} data its job; `t` is when its enqueue call began */
  hit(data) {
    if (data?.t) this.#waits.push(now() - data.t);
    if (this.#count++ === 0) this.#write("first", now());
  }

  /** Writes down what is known only at the end. */
  close() {
    this.#write("count", this.#count);
    if (this.#waits.length > 0) this.#write("waits", this.#waits.join("\n"));
  }

  #write(what, text) {
    writeFileSync(join(this.#folder, `${what}-${process.pid}`), String(text));
  }
}
