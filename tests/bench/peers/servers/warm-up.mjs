import { produceByHttp, startWorker } from "../contenders/worcr.mjs";

const callers = 10;
const perCall = 100;

/**
 * Runs every path of a silo: jobs one by one and many at once, and a worker that drains them.
 * @param {string} address the silo's
 * @param {number} jobs how many
 */
export async function warmUp(address, jobs) {
  const producer = await produceByHttp(address);
  for (let at = 0; at < jobs; at += perCall) await producer.many(Array.from({ length: perCall }, (_, i) => ({ i: at + i })));
  const share = Math.ceil(jobs / 4 / callers);
  const call = async (caller) => {
    for (let i = 0; i < share; i++) await producer.one({ i }, caller);
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  producer.close();
  await drain(address, jobs + share * callers);
}

async function drain(address, jobs) {
  let worker;
  await new Promise((done, failed) => {
    let handled = 0;
    startWorker(address, 50, () => {
      if (++handled === jobs) done();
    }).then((started) => (worker = started), failed);
  });
  await worker.drain();
}
