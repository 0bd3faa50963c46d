const MOST_ROWS = 50;
const MOST_LINES = 500;

const element = (id) => document.getElementById(id);
const rows = new Map();
const STATES = {
  idle: "Not started", connecting: "Connecting", connected: "Connected", draining: "Draining", stopped: "Stopped",
};

/** Shows whether the worker is connected, in words and as `data-state` of the body. */
export function showState(state) {
  document.body.dataset.state = state;
  element("status-text").textContent = STATES[state];
  const busy = state !== "idle" && state !== "stopped";
  for (const field of element("form").querySelectorAll("input, select")) field.disabled = busy;
  element("start").disabled = busy;
  element("drain").disabled = !busy || state === "draining";
}

/** Shows numbers by the id of their element, and as data attributes of the body. */
export function showCounters(counters) {
  for (const [name, value] of Object.entries(counters)) {
    element(name).textContent = value.toLocaleString("en");
    document.body.dataset[name] = String(value);
  }
}

/** Shows the jobs that run: `{ lease, type, done, total }`, at most 50 of them. */
export function showJobs(jobs) {
  const shown = new Set();
  for (const job of jobs) {
    if (shown.size === MOST_ROWS) break;
    shown.add(job.lease);
    showJob(job);
  }
  for (const [lease, row] of rows) if (!shown.has(lease)) remove(lease, row);
  element("jobs-empty").hidden = shown.size > 0;
}

/** Adds a line to the log; the oldest of more than 500 go. */
export function showLine(text, bad = false) {
  const log = element("log");
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("en-GB");
  line.append(time, text);
  line.classList.toggle("bad", bad);
  log.append(line);
  while (log.childElementCount > MOST_LINES) log.firstElementChild.remove();
  log.scrollTop = log.scrollHeight;
}

function showJob({ lease, type, done, total }) {
  const row = rows.get(lease) ?? add(lease, type);
  if (total > 0) row.bar.value = done / total;
  row.text.textContent = total > 0 ? `${Math.floor((100 * done) / total)} %` : "";
}

function add(lease, type) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { className: "type", textContent: type, title: type });
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", `Progress of ${type}`);
  const text = Object.assign(document.createElement("span"), { className: "done" });
  item.append(name, bar, text);
  element("jobs").append(item);
  const row = { item, bar, text };
  rows.set(lease, row);
  return row;
}

function remove(lease, row) {
  row.item.remove();
  rows.delete(lease);
}
