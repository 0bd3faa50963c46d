// A producer process: node produce.mjs ORDER (JSON, see measures/order.mjs). Prints one line of JSON: how many seconds the timed part took.
import { contender } from "../contenders/index.mjs";
import { now, sleep } from "./clock.mjs";

const order = JSON.parse(process.argv[2]);
const producer = await contender(order.contender).produce(order.address, order.setting);
const { callers = 10, batch = 1_000, perSecond = 100 } = order;

const modes = {
  /** Callers that each await their job before the next. */
  async single(jobs, first) {
    let left = jobs;
    const call = async (caller) => {
      while (left > 0) await producer.one({ i: first + --left }, caller);
    };
    await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  },

  /** One call after the other, each with many jobs. */
  async bulk(jobs, first) {
    for (let at = 0; at < jobs; at += batch) {
      await producer.many(Array.from({ length: Math.min(batch, jobs - at) }, (_, i) => ({ i: first + at + i })));
    }
  },

  /** An open loop: a call is made when it is due, whether earlier ones are answered or not. */
  async steady(jobs, first, isTimed) {
    const begun = now();
    const calls = [];
    for (let i = 0; i < jobs; i++) {
      const milliseconds = (begun + (i * 1e9) / perSecond - now()) / 1e6;
      if (milliseconds > 0.3) await sleep(milliseconds);
      calls.push(producer.one({ i: first + i, ...(isTimed && { t: now() }) }, i % callers));
    }
    await Promise.all(calls);
  },
};

await modes[order.mode](order.warm, 0, false);
const begun = now();
await modes[order.mode](order.jobs, order.warm, true);
console.log(JSON.stringify({ seconds: (now() - begun) / 1e9 }));
await producer.close();
process.exit(0);
