import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "./servers/program.mjs";
import { servers } from "./servers/index.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Where a run takes place: a folder in the temporary directory, and the servers that were started in it. */
export class Site {
  /** The executable that is measured. */
  worcr = join(root, "silo-host/bin/Release/net10.0/worcr.dll");

  /** Where logs stay. */
  logs = join(root, "artifacts/peers");

  #folder = mkdtempSync(join(process.env.TMPDIR ?? "/tmp", "worcr-peers-"));
  #shared = new Map();
  #fresh = new Set();
  #folders = 0;

  /** @param {boolean} isSmoke much less of everything, to see that it works */
  constructor(isSmoke) {
    this.isSmoke = isSmoke;
    chmodSync(this.#folder, 0o755); // PostgreSQL has a user of its own
    mkdirSync(this.logs, { recursive: true });
  }

  /** A new empty folder. */
  newFolder(name) {
    const folder = join(this.#folder, `${name}-${++this.#folders}`);
    mkdirSync(folder);
    return folder;
  }

  /** Starts a process that logs to `artifacts/peers/NAME.log`. */
  program(name, what) {
    return new Program(what, join(this.logs, `${name}.log`));
  }

  /** A server that is there for the whole run. */
  async shared(kind) {
    if (!this.#shared.has(kind)) this.#shared.set(kind, await servers[kind].start(this));
    return this.#shared.get(kind);
  }

  /** A new server with nothing in it, for one measurement; who asks for it stops it. */
  async fresh(kind, ...options) {
    const server = await servers[kind].start(this, ...options);
    this.#fresh.add(server);
    const stop = async () => {
      this.#fresh.delete(server);
      await server.stop();
    };
    return { ...server, stop };
  }

  /** Stops what was started and removes the folder. */
  async close() {
    try {
      for (const server of [...this.#fresh, ...this.#shared.values()]) await server.stop();
    } finally {
      this.abandon();
    }
  }

  /** The same at once, for a run that is broken off. */
  abandon() {
    Program.killAll();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
