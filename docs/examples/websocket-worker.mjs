// node --experimental-websocket websocket-worker.mjs ws://127.0.0.1:9672/hubs/worker TYPE (Node 22 and browsers need no flag)
const [address, type] = process.argv.slice(2);
const handle = async (job) => ({ square: job.args.n ** 2 }); // your work: it returns the result, or throws
const held = new Map(); // lease -> its report, null while the job runs; until the server has answered the report
const END = "\u001e";
let line, beat;
const invoke = (target, invocationId, ...args) => ({ type: 1, target, invocationId, arguments: args });
const send = (record) => line.readyState === WebSocket.OPEN && line.send(JSON.stringify(record) + END);
const report = (lease) => held.get(lease) && send(invoke("Report", lease, [held.get(lease)]));
function run({ lease, ...job }) {
  const end = (how) => report(held.set(lease, { lease, ...how }) && lease);
  held.set(lease, null);
  handle(job).then((result) => end({ outcome: "complete", result }), (e) => end({ outcome: "fail", error: { code: e.name, message: e.message } }));
}
function hear({ target, arguments: args, invocationId, result, error }) {
  if (error) console.error(error), line.close(); // and connect again
  else if (target === "Run") args[0].forEach(run);
  else if (invocationId !== "hello") held.delete(invocationId); // "ok": recorded, exactly once; "stale": too late
  else held.forEach((_, lease) => (result.accepted.includes(lease) ? report(lease) : held.delete(lease)));
  if (result?.heartbeat) beat ??= setInterval(() => send(invoke("Heartbeat")), result.heartbeat / 2);
}
(function connect(rest = "") {
  line = new WebSocket(address);
  const register = { worker: "bare", types: [type], slots: 4, prefetch: 0, held: [...held.keys()] };
  line.onopen = () => [{ protocol: "json", version: 1 }, invoke("Register", "hello", register)].forEach(send);
  line.onmessage = ({ data }) => {
    rest = (rest + data).split(END).reduce((record, next) => (hear(JSON.parse(record)), next)); // what follows the last END is kept
  };
  line.onclose = () => setTimeout(connect, 1_000 * Math.random());
})();
