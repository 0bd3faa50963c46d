import { appendFileSync, readFileSync } from "node:fs";

/**
 * Results of measurements, one after the other; also in a file, a line of JSON each, when it is to be added to.
 * A result has `test`, `contender`, `setting`, `round`, `at`, `busy` (how busy the machine was in the second before), `isSmoke` if it was one of a
 * smoke run, and `values` or `error`.
 */
export class Results {
  #file;
  #all;

  /** @param {string} [file] the file that is read first and then added to */
  constructor(file) {
    this.#file = file;
    this.#all = file === undefined ? [] : read(file);
  }

  add(result) {
    this.#all.push(result);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
  }

  get all() {
    return this.#all;
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}
