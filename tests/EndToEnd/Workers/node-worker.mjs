// A worker on the built SDK: node node-worker.mjs SDK URL TYPE. SIGTERM drains it.
const [sdk, url, type] = process.argv.slice(2);
const { Worker } = await import(sdk);
const worker = new Worker({
  url,
  name: "node-worker",
  slots: 4,
  handlers: { [type]: async (job) => ({ square: job.args.n * job.args.n }) },
});
await worker.start();
console.log("started");
process.on("SIGTERM", async () => {
  await worker.stop();
  process.exit(0);
});
