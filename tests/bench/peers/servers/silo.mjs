import { warmUp } from "./warm-up.mjs";

/** `worcr serve` of this build over a new database of its own, after it has run every path once: servers run for long. */
export const silo = {
  debian: [],

  async start(site, store) {
    const database = store === "sqlite" ? sqlite(site) : await onPostgres(site);
    const args = [site.worcr, "serve", "--urls", "http://127.0.0.1:0", "--log", "warning", "--drain-timeout", "1s"];
    const program = site.program(`worcr-${store}`, { command: "dotnet", args, env: { DATABASE_URL: database.url, WORCR_AUTH: "off" } });
    const [, address] = await program.says(/ready on (http:\S+)/);
    await warmUp(address, site.isSmoke ? 400 : 20_000);
    return {
      address,
      async stop() {
        await program.stop();
        await database.drop();
      },
    };
  },
};

const sqlite = (site) => ({ url: `sqlite://${site.newFolder("worcr")}/worcr.db`, drop: () => {} });

let databases = 0;

async function onPostgres(site) {
  const { address } = await site.shared("postgres");
  const name = `worcr_${++databases}`;
  const run = async (...statements) => {
    const { default: pg } = await import("pg");
    const client = new pg.Client(address);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`, "checkpoint");
  const url = new URL(address);
  url.pathname = name;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
