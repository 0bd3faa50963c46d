import { Yield } from "../errors/job-error.js";
import type { Handler } from "../worker/job.js";
import { pack, unpack, type Order, type Word } from "./messages.js";
import { ThreadContext } from "./thread-context.js";

/** The side of a thread on which its page is. @internal */
export interface Port {
  postMessage(word: Word): void;
  addEventListener(name: "message", listener: (event: { data: Order }) => void): void;
}

/**
 * Runs handlers in this thread (a Web Worker) for the {@link Worker} of the page that started it with `workerScript`. Call it once, at the end of the
 * script. Handlers are those of `handlers`; what they return has to be JSON as ever, and what is thrown arrives with its `code`, `retryAfter` and `final`.
 */
export function serve(handlers: Record<string, Handler>): void;
/** @internal */
export function serve(handlers: Record<string, Handler>, port: Port): void;
export function serve(handlers: Record<string, Handler>, port: Port = globalThis as unknown as Port): void {
  const contexts = new Map<string, ThreadContext>();
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let last = 0;

  const ask = (word: Omit<Extract<Word, { kind: "call" }>, "call" | "kind">): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call = ++last;
      calls.set(call, { resolve, reject });
      port.postMessage({ kind: "call", call, ...word });
    });

  const run = async ({ job }: Extract<Order, { kind: "run" }>): Promise<void> => {
    const { lease } = job;
    const context = new ThreadContext(job, { ask, tell: (word) => port.postMessage(word) });
    contexts.set(lease, context);
    try {
      const result = await (handlers[job.type] ?? handlers["*"])!(job, context);
      port.postMessage(result instanceof Yield ? back(lease, result) : { kind: "done", lease, result });
    } catch (error) {
      port.postMessage(error instanceof Yield ? back(lease, error) : { kind: "fail", lease, error: pack(error) });
    } finally {
      contexts.delete(lease);
    }
  };

  port.addEventListener("message", ({ data: order }) => {
    if (order.kind === "run") void run(order);
    else if (order.kind === "abort") contexts.get(order.lease)?.abort(order.cause);
    else {
      const waiting = calls.get(order.call);
      calls.delete(order.call);
      if (order.kind === "answer") waiting?.resolve(order.value);
      else waiting?.reject(unpack(order.error));
    }
  });
  port.postMessage({ kind: "ready", types: Object.keys(handlers) });
}

function back(lease: string, { until }: Yield): Word {
  return { kind: "yield", lease, options: until === undefined ? {} : { until } };
}
