import { fileURLToPath } from "node:url";
import { openRedis } from "./redis.mjs";

const file = (name) => fileURLToPath(new URL(`sidekiq/${name}`, import.meta.url));

/** Sidekiq over Redis; producer and worker are Ruby. */
export const sidekiq = {
  key: "sidekiq",
  title: "Sidekiq over Redis",
  debian: ["ruby-sidekiq"],
  servers: ["redis"],
  settings: {
    enq1: [{ key: "perform_async", label: "perform_async, 10 threads" }],
    enqB: [{ key: "perform_bulk", label: "perform_bulk" }],
    drain: [{ key: "c10", label: "concurrency 10", slots: 10 }, { key: "2p-c10", label: "2 processes, concurrency 10", slots: 10, processes: 2, isBest: true }],
    latency: [{ key: "c10", label: "concurrency 10", slots: 10 }],
  },

  open: (site) => openRedis(site, (redis) => redis.llen("queue:default")),
  produceBy: () => ({ command: "ruby", args: [file("produce.rb")] }),
  workBy: ({ slots }) => ({ command: "sidekiq", args: ["-r", file("job.rb"), "-c", String(slots), "-q", "default", "-t", "3"] }),
};
