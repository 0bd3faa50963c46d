import { Client, Worker } from "./worcr.js";
import { handlers } from "./handlers.js";
import { showCounters, showJobs, showLine, showState } from "./view.js";

const REFRESH_MS = 200;
const form = document.getElementById("form");
const jobs = new Map();
const counts = { completed: 0, failed: 0, yielded: 0 };
const OUTCOMES = { complete: "completed", fail: "failed", yield: "yielded" };
let worker = null;
let last = { ended: 0, at: performance.now(), rate: 0 };

/** For tests and the curious: `window.worcr.start({ types, handler, slots, tags, namespace, token })`, `.drain()`, `.worker`, `.counts`. */
window.worcr = { Client, Worker, handlers, counts, start, drain, get worker() { return worker; } };

async function start(choice) {
  const { types, handler, slots, tags, namespace, token } = choice;
  worker = new Worker({
    url: location.origin,
    handlers: Object.fromEntries(types.map((type) => [type, running(handlerFor(type, handler))])),
    slots,
    tags,
    ...(namespace ? { namespace } : {}),
    ...(token ? { token } : {}),
    worker: `browser-${crypto.randomUUID().slice(0, 8)}`,
  });
  listen(worker);
  showState("connecting");
  showLine(`Taking ${types.join(", ")} with ${slots} slots.`);
  await worker.start();
}

async function drain() {
  showState("draining");
  showLine("Draining: giving back what waits, finishing what runs.");
  await worker?.drain({ timeout: "10s" });
}

function handlerFor(type, chosen) {
  const byType = (job) => handlers[job.type] ?? handlers.echo;
  return chosen ? handlers[chosen] : (job, ctx, tell) => (type === "*" ? byType(job) : handlers[type] ?? handlers.echo)(job, ctx, tell);
}

/** Shows a job while its handler runs. */
function running(handler) {
  return async (job, ctx) => {
    const row = { lease: job.lease, type: job.type, done: 0, total: 0 };
    jobs.set(job.lease, row);
    const tell = (done, total) => {
      Object.assign(row, { done, total });
      ctx.progress("work", done, total);
    };
    try {
      return await handler(job, ctx, tell);
    } finally {
      jobs.delete(job.lease);
    }
  };
}

function listen(worker) {
  worker.on("connected", ({ held, accepted }) => {
    showState("connected");
    showLine(held > 0 ? `Connected again; ${accepted} of ${held} jobs are still ours.` : "Connected.");
  });
  worker.on("disconnected", ({ retryIn }) => {
    showState("connecting");
    showLine(`No connection; next try in ${retryIn} ms.`, true);
  });
  worker.on("done", ({ job, outcome, error }) => {
    counts[OUTCOMES[outcome]]++;
    if (outcome === "fail") showLine(`${job.type} ${job.id} failed: ${error?.message ?? error}`, true);
  });
  worker.on("stale", ({ job }) => showLine(`${job.type} ${job.id} was no longer ours.`, true));
  worker.on("drain", ({ reason }) => showLine(`The server drains: ${reason}`));
  worker.on("error", ({ error }) => showLine(error.message, true));
  worker.on("stopped", () => {
    showState("stopped");
    showLine("Stopped.");
  });
}

function refresh() {
  const ended = counts.completed + counts.failed + counts.yielded;
  const seconds = (performance.now() - last.at) / 1_000;
  if (seconds >= 1) last = { ended, at: performance.now(), rate: Math.round((ended - last.ended) / seconds) };
  showCounters({ ...counts, running: worker?.running ?? 0, queued: worker?.queued ?? 0, rate: last.rate });
  showJobs(jobs.values());
}

function chosen() {
  const field = (name) => form.elements.namedItem(name).value.trim();
  const list = (name) => field(name).split(",").map((each) => each.trim()).filter(Boolean);
  return {
    types: list("types"), handler: field("handler"), slots: Number(field("slots")), tags: list("tags"),
    namespace: field("namespace"), token: field("token"),
  };
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start(chosen()).catch((error) => showLine(error.message, true));
});
document.getElementById("drain").addEventListener("click", () => void drain());
for (const [name, value] of new URLSearchParams(location.search)) {
  if (name !== "token" && form.elements.namedItem(name)) form.elements.namedItem(name).value = value;
}
setInterval(refresh, REFRESH_MS);
showState("idle");
if (new URLSearchParams(location.search).has("start")) form.requestSubmit();
