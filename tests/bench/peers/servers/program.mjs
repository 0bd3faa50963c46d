import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { sleep } from "../load/clock.mjs";

const running = new Set();

/** A process of ours, in a process group of its own. What it prints goes to a log. */
export class Program {
  #child;
  #output = "";
  #failure;

  /**
   * @param {{ command: string, args: string[], env?: Record<string, string>, uid?: number, gid?: number, cwd?: string }} what
   * @param {string} log file that its output is added to
   */
  constructor(what, log) {
    this.name = what.command.split("/").at(-1);
    this.log = log;
    const { command, args, env, ...rest } = what;
    this.#child = spawn(command, args, { ...rest, env: { ...process.env, ...env }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const file = createWriteStream(log, { flags: "a" });
    this.#child.stdout.on("data", (text) => {
      this.#output += text;
      file.write(text);
    });
    this.#child.stderr.on("data", (text) => file.write(text));
    this.ended = new Promise((done) => {
      this.#child.once("close", (code) => this.#end(code, file, done)).once("error", (error) => {
        this.#failure = error;
        this.#end(undefined, file, done);
      });
    });
    running.add(this);
  }

  /** Its process id. */
  get id() {
    return this.#child.pid;
  }

  /** Whether it has ended. */
  get hasEnded() {
    return !running.has(this);
  }

  /** What it has printed on standard output. */
  get output() {
    return this.#output;
  }

  /** Waits until its output matches; the match. */
  async says(pattern, seconds = 60) {
    return this.until(() => pattern.exec(this.#output), `saying ${pattern}`, seconds);
  }

  /** Waits until something about it is true; what it came to. */
  async until(isTrue, what, seconds = 60) {
    const limit = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await isTrue();
      if (answer) return answer;
      if (this.hasEnded) throw new Error(`${this.name} ended before ${what}: ${this.#failure?.message ?? ""} see ${this.log}`);
      if (Date.now() > limit) throw new Error(`${this.name} was not ${what} within ${seconds} s: see ${this.log}`);
      await sleep(20);
    }
  }

  /** Waits for its good end; what it has printed. */
  async result() {
    const code = await this.ended;
    if (code !== 0) throw new Error(`${this.name} ended with ${this.#failure?.message ?? `code ${code}`}: see ${this.log}`);
    return this.#output;
  }

  /** Asks it to end, and makes it end after some seconds. */
  async stop(signal = "SIGTERM", seconds = 15) {
    if (this.hasEnded) return;
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#killGroup(), seconds * 1000);
    await this.ended;
    clearTimeout(timer);
    this.#killGroup();
  }

  /** Ends all that run: for a run that is broken off. */
  static killAll() {
    for (const one of running) one.#killGroup();
  }

  #killGroup() {
    try {
      process.kill(-this.id, "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error; // it has gone already
    }
  }

  #end(code, file, done) {
    running.delete(this);
    file.end();
    done(code);
  }
}
