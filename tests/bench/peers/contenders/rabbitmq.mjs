import { forever } from "../load/forever.mjs";

const queue = "q";

async function channel(address, kind) {
  const { connect } = await import("amqplib");
  const connection = await connect(address);
  const open = await connection[kind]();
  await open.assertQueue(queue, { durable: true });
  return { connection, open };
}

/** RabbitMQ: a durable queue, persistent messages, publisher confirms, acknowledged by hand. */
export const rabbitmq = {
  key: "rabbitmq",
  title: "RabbitMQ",
  npm: "amqplib",
  debian: ["rabbitmq-server"],
  servers: ["rabbitmq"],
  settings: {
    enq1: [{ key: "confirms", label: "persistent, confirmed" }],
    enqB: [{ key: "confirms", label: "1,000 persistent, then all confirms" }],
    drain: [
      { key: "prefetch10", label: "prefetch 10", slots: 10 },
      { key: "2p-prefetch200", label: "2 processes, prefetch 200", slots: 200, processes: 2, isBest: true },
    ],
    latency: [{ key: "prefetch10", label: "prefetch 10", slots: 10 }],
  },

  async open(site) {
    const { address } = await site.shared("rabbitmq");
    const { connection, open } = await channel(address, "createChannel");
    await open.purgeQueue(queue);
    return {
      address,
      remaining: async () => (await open.checkQueue(queue)).messageCount,
      close: () => connection.close(),
    };
  },

  async produce(address) {
    const { connection, open } = await channel(address, "createConfirmChannel");
    const one = (data) => new Promise((done, failed) => {
      open.sendToQueue(queue, Buffer.from(JSON.stringify(data)), { persistent: true }, (error) => (error ? failed(error) : done()));
    });
    return { one, many: (list) => Promise.all(list.map(one)), close: () => connection.close() };
  },

  async work(address, { slots }, tally) {
    const { open } = await channel(address, "createChannel");
    await open.prefetch(slots);
    await open.consume(queue, (message) => {
      tally.hit(JSON.parse(message.content.toString()));
      open.ack(message);
    });
    await forever;
  },
};
