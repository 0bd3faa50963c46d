// A worker of the published package: node worker.mjs URL QUEUE. Squares numbers, and hands "relay" on to the queue "QUEUE-rest".
import faktory from "faktory-worker";

const [url, queue] = process.argv.slice(2);
const client = await faktory.connect({ url });
faktory.register("square", async (n) => {
  if (n < 0) throw Object.assign(new Error("negative"), { code: "ENEGATIVE" });
});
faktory.register("relay", async (args) => {
  await client.push({ jobtype: "relayed", queue: `${queue}-rest`, args: [args], custom: { tenant: "relay" } });
});
process.on("SIGTERM", () => client.close());
await faktory.work({ url, queues: [queue], concurrency: 4 });
console.log("started");
