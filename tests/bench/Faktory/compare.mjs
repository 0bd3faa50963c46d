// The figures of the Faktory gateway beside what the clients alone can reach: starts a silo of each WORCR (a worcr.dll or a program; this tree's Release build if none is named) and ceiling.mjs, runs
// bench.mjs against each in turns, prints medians and what part of the ceiling they are. Build and install first, then one command:
//   dotnet build silo-host -c Release && npm --prefix tests/EndToEnd/Faktory ci && node tests/bench/Faktory/compare.mjs
//   node compare.mjs [--rounds 3] [--jobs 10000] [--concurrency 20] [--only raw|published] [WORCR]...
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

const Patience = 60_000;
const at = path => fileURLToPath(new URL(path, import.meta.url));
const { values: options, positionals: builds } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" }, jobs: { type: "string", default: "10000" }, concurrency: { type: "string", default: "20" },
    only: { type: "string", default: "" },
  },
});
if (builds.length === 0) builds.push(at("../../../silo-host/bin/Release/net10.0/worcr.dll"));
const folder = mkdtempSync(join(tmpdir(), "worcr-faktory-"));
const servers = [];

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().on("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Tries until somebody listens. */
async function listening(port, process) {
  for (const end = Date.now() + Patience; Date.now() < end && process.exitCode === null;) {
    const isOpen = await new Promise(done => {
      const socket = connect(port, "127.0.0.1", () => done(true)).on("error", () => done(false));
      socket.on("close", () => socket.destroy()).setTimeout(1_000, () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise(done => setTimeout(done, 50));
  }

  throw new Error(`Nobody listens on port ${port}.`);
}

async function start(name, command, args, port, environment = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...environment } });
  servers.push({ name, child, url: `tcp://127.0.0.1:${port}` });
  await listening(port, child);
}

async function startSilo(worcr, index) {
  const [command, ...args] = worcr.endsWith(".dll") ? ["dotnet", worcr, "serve"] : [worcr, "serve"];
  const [port, http] = [await freePort(), await freePort()];
  await start(builds.length > 1 ? `silo ${index + 1}` : "silo", command, args, port, {
    WORCR_FAKTORY: `127.0.0.1:${port}`, WORCR_URLS: `http://127.0.0.1:${http}`, DATABASE_URL: `sqlite://${join(folder, `${index}.db`)}`,
  });
}

/** One run against one server: name of the test to its figures. */
async function measure({ child, url }) {
  const { stdout } = await promisify(execFile)(process.execPath, [at("bench.mjs"), url, options.jobs, options.concurrency, options.only], { env: { ...process.env, SERVER_PID: child.pid } });
  return [...stdout.matchAll(/^(.*?) +([\d,]+) jobs\/s +(\d+) us client +(\d+) us server$/gm)]
    .map(([, test, rate, client, server]) => ({ test, rate: Number(rate.replaceAll(",", "")), client: Number(client), server: Number(server) }));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function report(results) {
  const tests = [...new Set(results.map(result => result.test))];
  for (const test of tests) {
    const of = (name, field) => median(results.filter(result => result.test === test && result.name === name).map(result => result[field]));
    console.log(test);
    for (const { name } of servers) {
      const [rate, client, server] = ["rate", "client", "server"].map(field => of(name, field));
      const part = Math.round((100 * rate) / of("ceiling", "rate"));
      console.log(`  ${name.padEnd(10)} ${rate.toLocaleString("en").padStart(8)} jobs/s ${String(part).padStart(4)} % of the ceiling, ${String(client).padStart(4)} us client, ${String(server).padStart(4)} us server a job`);
    }
  }
}

try {
  for (const [index, worcr] of builds.entries()) await startSilo(worcr, index);
  const port = await freePort();
  await start("ceiling", process.execPath, [at("ceiling.mjs"), String(port)], port);
  const results = [];
  for (let round = 0; round <= Number(options.rounds); round++) {
    for (const server of servers) {
      const figures = await measure(server);
      if (round > 0) results.push(...figures.map(figure => ({ name: server.name, ...figure }))); // the first one is to warm up
    }
  }

  report(results);
} finally {
  for (const { child } of servers) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
