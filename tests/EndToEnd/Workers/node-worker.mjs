// A worker on the built SDK: node node-worker.mjs SDK URL TYPE. SIGTERM drains it.
const [sdk, url, type] = process.argv.slice(2);
const { Client, Worker } = await import(sdk);
const worker = new Worker({
  url,
  name: "node-worker",
  slots: 4,
  handlers: {
    [type]: async (job) => ({ square: job.args.n * job.args.n }),
    [`${type}.parent`]: async (job, ctx) => {
      if (!job.children) await ctx.enqueueChildren(Array.from({ length: job.args.n }, (_, n) => ({ type, args: { n } })));
      if (job.children?.pending !== 0) return ctx.yield({ until: "children" });
      return { children: job.children.succeeded };
    },
    [`${type}.batches`]: async () => {
      const client = new Client({ url });
      const made = await client.enqueueBatch({
        jobs: [{ type, args: { n: 2 }, name: "b", after: ["a"] }, { type, args: { n: 1 }, name: "a" }],
        onComplete: { type, args: { n: 3 } },
      });
      for await (const batch of client.batches()) if (batch.id === made.id) return { batch: made.id, states: made.jobs.map((each) => each.state) };
    },
  },
});
await worker.start();
console.log("started");
process.on("SIGTERM", async () => {
  await worker.stop();
  process.exit(0);
});
