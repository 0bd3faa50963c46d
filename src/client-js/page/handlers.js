/** Handlers that this page can run; `tell(done, total)` shows progress here and on the server. */
export const handlers = { echo, sleep, primes };

const CHUNK = 20_000;
const CHECKPOINT_EVERY_MS = 1_000;

function echo(job) {
  return job.args;
}

async function sleep(job, ctx, tell) {
  const total = Math.max(0, Number(job.args?.ms ?? 1_000));
  const end = performance.now() + total;
  for (let left = total; left > 0; left = end - performance.now()) {
    await pause(Math.min(left, 200), ctx.signal);
    tell(Math.round(Math.min(total, total - (end - performance.now()))), total);
  }
  return { slept: total };
}

async function primes(job, ctx, tell) {
  const n = Math.max(2, Number(job.args?.n ?? 100_000));
  let { at = 2, count = 0 } = ctx.checkpoints.primes ?? {};
  let saved = performance.now();
  while (at < n) {
    const end = Math.min(n, at + CHUNK);
    count += primesBetween(at, end);
    at = end;
    tell(at, n);
    if (ctx.aborted === "interrupt" || performance.now() - saved > CHECKPOINT_EVERY_MS) {
      await ctx.checkpoint("primes", { at, count });
      saved = performance.now();
    }
    if (ctx.aborted === "interrupt") return ctx.yield();
    await pause(0, ctx.signal);
  }
  return { below: n, primes: count };
}

function primesBetween(from, to) {
  let count = 0;
  for (let n = from; n < to; n++) if (isPrime(n)) count++;
  return count;
}

function isPrime(n) {
  if (n % 2 === 0) return n === 2;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}

/** Waits; rejects with the signal's reason, but leaves an interrupt to handlers that look at `aborted`. */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => (signal.reason === "interrupt" && ms === 0 ? resolve() : reject(signal.reason));
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
  });
}
