import { fileURLToPath } from "node:url";
import { Tallies } from "../load/tallies.mjs";

const script = (name) => fileURLToPath(new URL(`../load/${name}.mjs`, import.meta.url));

/**
 * The producer and worker processes of one measurement. Each gets an order as JSON, as an argument and in the variable ORDER:
 * `contender`, `address` of its server, `setting`, `tallies` (a folder); a producer also `mode` (single, bulk or steady), `jobs`, and `warm`,
 * the jobs that it enqueues before the clock starts.
 */
export class Processes {
  #site;
  #step;
  #address;
  #workers = [];

  constructor(site, step, address) {
    this.#site = site;
    this.#step = step;
    this.#address = address;
    this.tallies = new Tallies(site.newFolder("tallies"));
  }

  /** Runs a producer to its end; the seconds that its timed part took. */
  async produce(mode, { jobs, warm = 0, callers = 10 }) {
    const order = { ...this.#order(), mode, jobs, warm, callers };
    const { produceBy } = this.#step.contender;
    const printed = await this.#start("produce", produceBy?.(order.setting) ?? this.#node("produce", order), order).result();
    return JSON.parse(printed.trim().split("\n").at(-1)).seconds;
  }

  /** Starts the workers. */
  work() {
    const order = this.#order();
    const { workBy } = this.#step.contender;
    for (let number = 1; number <= (order.setting.processes ?? 1); number++) {
      this.#workers.push(this.#start("work", workBy?.(order.setting, number) ?? this.#node("work", order), order));
    }
  }

  /** Waits until something about the workers is true. */
  until(isTrue, what, seconds) {
    return this.#workers[0].until(isTrue, what, seconds);
  }

  /** Stops the workers; then their tallies are whole. */
  async stop() {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop()));
  }

  #order() {
    const { contender, setting } = this.#step;
    return { contender: contender.key, address: this.#address, setting, tallies: this.tallies.folder };
  }

  #node(name, order) {
    return { command: process.execPath, args: [script(name), JSON.stringify(order)] };
  }

  #start(name, what, order) {
    return this.#site.program(`${name}-${order.contender}`, { ...what, env: { ...what.env, ORDER: JSON.stringify(order) } });
  }
}
