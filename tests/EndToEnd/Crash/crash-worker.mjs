// A worker on the built SDK that keeps a diary: node crash-worker.mjs SDK URL TYPE SLOTS NAME.
const [sdk, url, type, slots, name] = process.argv.slice(2);
const { Worker } = await import(sdk);
const say = (verb, job) => console.log(`${process.hrtime.bigint()} ${verb} - ${job.id} ${job.attempt}`);
const worker = new Worker({
  url,
  name,
  slots: Number(slots),
  handlers: {
    [type]: async (job) => {
      say("took", job);
      setImmediate(() => say("done", job));
      return { attempt: job.attempt };
    },
  },
});
await worker.start();
console.log("0 ready - - 0");
