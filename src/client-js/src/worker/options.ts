import { Client } from "../client/client.js";
import { apiBase, httpRoot, type ClientOptions } from "../client/options.js";
import type { serve } from "../thread/serve.js";
import type { Handler } from "./job.js";
import type { Worker } from "./worker.js";

/** What a {@link Worker} serves, and from where. */
export interface WorkerOptions {
  /** Address of any silo, for example `http://127.0.0.1:9672`. */
  url: string;
  /** An API key with the role `worker`. */
  key?: string | (() => string | Promise<string>);
  /**
   * A short-lived worker token, for browsers; a function is asked before each connection, so it can fetch a fresh one.
   * Goes before `key`.
   */
  token?: string | (() => string | Promise<string>);
  /** The namespace to work in. Default: `default`. */
  namespace?: string;
  /** A name for people. Default: `js-` and 8 random characters. */
  worker?: string;
  /** How many handlers may run at once, 1 to 10,000. Default: 10. */
  slots?: number;
  /** Labels that rules match. Default: none. */
  tags?: string[];
  /** Serve only jobs with these queue labels. Default: all. */
  queues?: string[];
  /** How many jobs may wait here beyond the running ones, to hide the round trip. Default: the server decides. */
  prefetch?: number;
  /**
   * What handlers enqueue children with (`ctx.enqueueChildren`); its key has to be one that may enqueue, which one of the role `worker` is
   * not. Default: a client with the worker's `url`, `key` and `namespace`.
   */
  client?: Client;
  /** What to do, by type; `*` takes types that have no handler of their own, and asks the server for all types. */
  handlers?: Record<string, Handler>;
  /**
   * In a browser: address of a module script that calls {@link serve}. Its handlers run in threads of their own (Web Workers), so that the page
   * stays responsive however long they compute. Instead of `handlers`.
   */
  workerScript?: string | URL;
  /** How many such threads; each job goes to the one with the fewest. Default: 1. */
  threads?: number;
}

/** Options with every default filled in. @internal */
export interface ResolvedWorkerOptions {
  hub: string;
  token: () => string | Promise<string>;
  worker: string;
  slots: number;
  tags: string[];
  queues: string[] | null;
  prefetch: number | null;
  handlers: Map<string, Handler>;
  /** Where a page posts reports that it cannot wait for. */
  reports: string;
  client: Client;
}

const MOST_SLOTS = 10_000;
const MOST_THREADS = 64;

/** Fills in the defaults. Throws a `TypeError` or `RangeError` that says what to mend. @internal */
export function resolveWorker(options: WorkerOptions): ResolvedWorkerOptions {
  const { slots = 10, prefetch = null } = options;
  if (!(Number.isInteger(slots) && slots > 0 && slots <= MOST_SLOTS)) throw new RangeError(`slots is ${slots}; it must be 1 to 10,000.`);
  if (prefetch !== null && !(Number.isInteger(prefetch) && prefetch >= 0 && prefetch <= MOST_SLOTS)) {
    throw new RangeError(`prefetch is ${prefetch}; it must be 0 to 10,000.`);
  }
  const handlers = handlersOf(options);
  return {
    hub: hubAddress(options.url, options.namespace),
    token: secretOf(options.token ?? options.key ?? ""),
    worker: options.worker ?? `js-${crypto.randomUUID().slice(0, 8)}`,
    slots,
    tags: options.tags ?? [],
    queues: options.queues ?? null,
    prefetch,
    handlers,
    reports: `${apiBase(options.url, options.namespace)}/worker/report`,
    client: options.client ?? new Client(clientOptions(options)),
  };
}

function handlersOf({ handlers, workerScript, threads = 1 }: WorkerOptions): Map<string, Handler> {
  if (workerScript !== undefined) {
    if (handlers !== undefined) throw new TypeError("handlers and workerScript are both there; the script has the handlers.");
    if (!(Number.isInteger(threads) && threads > 0 && threads <= MOST_THREADS)) throw new RangeError(`threads is ${threads}; it must be 1 to ${MOST_THREADS}.`);
    return new Map();
  }
  const entries = Object.entries(handlers ?? {});
  if (entries.length === 0) throw new TypeError("handlers is empty; a worker needs at least one.");
  return new Map(entries);
}

function clientOptions({ url, key, namespace }: WorkerOptions): ClientOptions {
  const options: ClientOptions = { url };
  if (key !== undefined) options.key = key;
  if (namespace !== undefined) options.namespace = namespace;
  return options;
}

function hubAddress(url: string, namespace: string | undefined): string {
  const hub = `${httpRoot(url)}/hubs/worker`;
  return namespace === undefined ? hub : `${hub}?ns=${encodeURIComponent(namespace)}`;
}

function secretOf(secret: string | (() => string | Promise<string>)): () => string | Promise<string> {
  return typeof secret === "function" ? secret : () => secret;
}
