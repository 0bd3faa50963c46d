import { parseBeanstalk } from "../load/beanstalk.mjs";
import { Wire } from "../load/wire.mjs";

const connections = 10;
const connect = (address) => Wire.open(new URL(address), parseBeanstalk);
const put = (data) => {
  const body = JSON.stringify(data);
  return `put 1024 0 120 ${Buffer.byteLength(body)}\r\n${body}\r\n`;
};

/** beanstalkd with a binlog. Its clients are thin, so it is spoken to over a bare connection. */
export const beanstalkd = {
  key: "beanstalkd",
  title: "beanstalkd",
  debian: ["beanstalkd"],
  servers: ["beanstalkd"],
  settings: {
    enq1: [{ key: "put", label: "put, 10 connections", jobs: 50_000 }],
    enqB: [{ key: "put", label: "1,000 puts pipelined" }],
    drain: [
      { key: "c10", label: "10 connections", slots: 10 },
      { key: "2p-c50", label: "2 processes, 50 connections, pipelined", slots: 50, processes: 2, variant: "pipelined", isBest: true },
    ],
    latency: [{ key: "c10", label: "10 connections", slots: 10 }],
  },

  async open(site) {
    const server = await site.fresh("beanstalkd");
    const wire = await connect(server.address);
    return {
      address: server.address,
      async remaining() {
        const { body } = await wire.send("stats\r\n");
        const count = (name) => Number(new RegExp(`^current-jobs-${name}: (\\d+)`, "m").exec(body)[1]);
        return count("ready") + count("reserved");
      },
      async close() {
        wire.close();
        await server.stop();
      },
    };
  },

  async produce(address) {
    const wires = await Promise.all(Array.from({ length: connections }, () => connect(address)));
    return {
      one: (data, caller) => wires[caller].send(put(data)),
      many: (list) => wires[0].send(list.map(put).join(""), list.length),
      close: () => wires.forEach((wire) => wire.close()),
    };
  },

  async work(address, { slots, variant }, tally) {
    const serve = async () => {
      const wire = await connect(address);
      for (let job = await wire.send("reserve\r\n"); ; ) {
        tally.hit(JSON.parse(job.body));
        const remove = `delete ${job.words[1]}\r\n`;
        if (variant === "pipelined") {
          job = await wire.send(`${remove}reserve\r\n`, 2);
        } else {
          await wire.send(remove);
          job = await wire.send("reserve\r\n");
        }
      }
    };
    await Promise.all(Array.from({ length: slots }, serve));
  },
};
