import { execFileSync } from "node:child_process";
import { chownSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freePort, isOpen } from "./ports.mjs";

const installed = "/usr/lib/postgresql";
const settings = [
  "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=512MB",
  "max_wal_size=4GB", "max_connections=100",
];

/** PostgreSQL, as durable as it comes. It refuses to run as root: then its own user runs it. */
export const postgres = {
  debian: ["postgresql"],

  async start(site) {
    const bin = programs();
    const who = process.getuid() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
    const folder = site.newFolder("postgres");
    if (who.uid) chownSync(folder, who.uid, who.gid);
    const data = join(folder, "data");
    const init = ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"];
    await site.program("initdb", { command: join(bin, "initdb"), args: init, cwd: folder, ...who }).result();
    const port = await freePort();
    const args = ["-D", data, ...[...settings, `port=${port}`].flatMap((one) => ["-c", one])];
    const program = site.program("postgres", { command: join(bin, "postgres"), args, cwd: folder, ...who });
    await program.until(() => isOpen(port), "listening");
    const address = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await program.until(() => answers(address), "answering");
    return { address, stop: () => program.stop("SIGINT") };
  },
};

/** The folder of the newest version's programs. */
export function programs() {
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(installed, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (!found) throw new Error(`no PostgreSQL under ${installed}`);
  return found;
}

const idOf = (which) => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));

async function answers(address) {
  const { default: pg } = await import("pg");
  const client = new pg.Client(address);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error.code === "57P03" || error.code === "ECONNREFUSED") return false; // it is starting up
    throw error;
  } finally {
    await client.end();
  }
}
