import { forever } from "../load/forever.mjs";
import { parseHttp, post } from "../load/http.mjs";
import { Wire } from "../load/wire.mjs";

const type = "bench.noop";
const tenants = 100;
const connections = 10;
const sdk = () => import("../../../../src/client-js/dist/index.js");
const tenantOf = (data) => `t${data.i % tenants}`;
const spec = (data) => ({ type, tenant: tenantOf(data), args: data });

/** Worcr on one of its stores: a silo of this very build, with 100 tenants, fairness, history and durability on. */
function worcr(store, title) {
  return {
    key: `worcr-${store}`,
    title,
    store,
    isWorcr: true,
    servers: ["silo", ...(store === "postgres" ? ["postgres"] : [])],
    settings: {
      enq1: [
        { key: "http", label: "plain HTTP from Node", variant: "http" },
        { key: "http-dotnet", label: "plain HTTP from .NET", figure: "b" },
        { key: "js", label: "JavaScript SDK", variant: "sdk" },
        { key: "dotnet", label: ".NET SDK", figure: "c" },
      ],
      enqB: [
        { key: "http", label: "plain HTTP from Node", variant: "http" },
        { key: "http-dotnet", label: "plain HTTP from .NET", figure: "a" },
        { key: "http-dotnet-4", label: "plain HTTP from .NET, 4 in flight", figure: "a4" },
        { key: "js", label: "JavaScript SDK", variant: "sdk" },
      ],
      drain: [
        { key: "dotnet-10", label: ".NET worker, 10 slots", figure: "d" },
        { key: "js-10", label: "Node worker, 10 slots", slots: 10 },
        { key: "dotnet-500", label: ".NET worker, 500 slots", figure: "e", isBest: true },
        { key: "js-500", label: "Node worker, 500 slots", slots: 500, isBest: true },
      ],
      latency: [
        { key: "js", label: "Node worker, 10 slots", slots: 10, variant: "sdk" },
        { key: "dotnet", label: ".NET worker, 10 slots", figure: "g" },
      ],
    },

    async open(site) {
      const silo = await site.fresh("silo", store);
      return {
        address: silo.address,
        async remaining() {
          const { jobs } = await (await fetch(`${silo.address}/v1/stats`)).json();
          return jobs.ready + jobs.running + jobs.scheduled + jobs.retry;
        },
        close: () => silo.stop(),
      };
    },

    produce: (address, { variant = "http" }) => (variant === "sdk" ? produceBySdk(address) : produceByHttp(address)),

    async work(address, { slots }, tally) {
      await startWorker(address, slots, (data) => tally.hit(data));
      await forever;
    },
  };
}

/** Starts a worker of the JavaScript SDK. */
export async function startWorker(address, slots, handle) {
  const { Worker } = await sdk();
  const worker = new Worker({ url: address, slots, handlers: { [type]: async (job) => handle(job.args) } });
  await worker.start();
  return worker;
}

/** A producer that speaks plain HTTP: ten connections that are kept, one request under way on each. */
export async function produceByHttp(address) {
  const url = new URL(address);
  const wires = await Promise.all(Array.from({ length: connections }, () => Wire.open(url, parseHttp)));
  const json = (data) => JSON.stringify(spec(data));
  return {
    one: (data, caller) => wires[caller].send(post(url, "/v1/jobs", "application/json", json(data))),
    many: (list) => wires[0].send(post(url, "/v1/jobs", "application/x-ndjson", list.map(json).join("\n"))),
    close: () => wires.forEach((wire) => wire.close()),
  };
}

async function produceBySdk(address) {
  const { Client } = await sdk();
  const client = new Client({ url: address });
  return {
    one: (data) => client.enqueue(spec(data)),
    many: (list) => client.enqueueMany(list.map(spec), { chunk: list.length }),
    close: () => {},
  };
}

export const worcrOnSqlite = worcr("sqlite", "Worcr on SQLite");
export const worcrOnPostgres = worcr("postgres", "Worcr on PostgreSQL");
