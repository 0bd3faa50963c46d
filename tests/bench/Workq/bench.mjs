// Workq: add, then lease and complete, with so many connections, one request at a time each: node bench.mjs [HOST:PORT] [JOBS] [CONNECTIONS].
// Works with any server of the protocol.
import { randomUUID } from "node:crypto";
import { connect } from "node:net";

const [address = "127.0.0.1:9922", jobs = "10000", connections = "10"] = process.argv.slice(2);
const [host, port] = address.split(":");
const count = Number(jobs);
const name = `bench-${process.pid}`;
const payload = '{"to":"someone","n":17}';

class Client {
  #waiting = [];
  #text = "";

  constructor() {
    this.socket = connect({ host, port: Number(port), noDelay: true });
    this.socket.setEncoding("latin1").on("data", (data) => this.#take(data)).on("error", (error) => this.#waiting.forEach((w) => w.failed(error)));
  }

  /** Sends a request; its reply, up to what the test says is its end. */
  ask(request, isWhole) {
    return new Promise((done, failed) => {
      this.#waiting.push({ isWhole, done, failed });
      this.socket.write(request);
    });
  }

  #take(data) {
    this.#text += data;
    if (!this.#waiting[0]?.isWhole(this.#text)) return;
    const reply = this.#text;
    this.#text = "";
    this.#waiting.shift().done(reply);
  }
}

const isLine = (text) => text.endsWith("\r\n");
const isRecord = (text) => (text.startsWith("-") && isLine(text)) || text.endsWith(payload + "\r\n");

function need(reply, start) {
  if (!reply.startsWith(start)) throw new Error(`the server answered ${reply}`);
  return reply;
}

const clients = Array.from({ length: Number(connections) }, () => new Client());

async function timed(what, each) {
  const begun = performance.now();
  let left = count;
  await Promise.all(clients.map(async (client) => {
    while (left-- > 0) await each(client);
  }));
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${`${what}, ${clients.length} in flight`.padEnd(34)} ${Math.round(count / seconds).toLocaleString("en").padStart(8)} jobs/s`);
}

await timed("add", async (client) => need(await client.ask(`add ${randomUUID()} ${name} 60000 600000 ${payload.length}\r\n${payload}\r\n`, isLine), "+OK"));
await timed("lease and complete", async (client) => {
  const record = need(await client.ask(`lease ${name} 1000\r\n`, isRecord), "+OK 1");
  need(await client.ask(`complete ${record.split("\r\n")[1].split(" ")[0]} 2\r\n17\r\n`, isLine), "+OK");
});
process.exit(0);
