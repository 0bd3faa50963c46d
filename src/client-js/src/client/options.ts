import type { WorcrError } from "../errors/worcr-error.js";
import type { Client } from "./client.js";
import { milliseconds, type Duration } from "../time/duration.js";

/** How a {@link Client} reaches its server. */
export interface ClientOptions {
  /** Address of any silo, for example `http://127.0.0.1:9672`. */
  url: string;
  /** An API key; a function is asked before each request. Default: none (for servers with `WORCR_AUTH=off`). */
  key?: string | (() => string | Promise<string>);
  /** The namespace to work in. Default: `default`. */
  namespace?: string;
  /**
   * Gives every job an id (a UUID of version 7) before it is sent, so that an enqueue can be repeated after a network
   * failure without a second job. Default: false, since ids made by the server cost it less; then an enqueue whose fate is
   * unknown (no answer, or `503 unavailable`) throws a {@link WorcrError} with `ambiguous` set instead of being repeated.
   */
  idempotent?: boolean;
  /** How often a request is repeated after 429, 503 or a network failure. Default: 4. */
  retries?: number;
  /** Longest wait of the first repeat; it doubles each time, with full jitter. A `Retry-After` goes first. Default: 100 ms. */
  retryBase?: Duration;
  /** No wait is longer, not even on a `Retry-After`: then the error is thrown at once. Default: 30 s. */
  retryCap?: Duration;
  /** How long one request may take, not counting a `wait`. Default: 30 s. */
  requestTimeout?: Duration;
  /** A `fetch` of your own, for proxies or tests. Default: the global one. */
  fetch?: typeof fetch;
}

/** Options with every default filled in. @internal */
export interface ResolvedClientOptions {
  base: string;
  key: () => string | undefined | Promise<string | undefined>;
  idempotent: boolean;
  retries: number;
  retryBase: number;
  retryCap: number;
  requestTimeout: number;
  fetch: typeof fetch;
}

/** Fills in the defaults. Throws a `TypeError` or `RangeError` that says what to mend. @internal */
export function resolveClient(options: ClientOptions): ResolvedClientOptions {
  const { key, retries = 4 } = options;
  if (!Number.isInteger(retries) || retries < 0) throw new RangeError(`retries is ${retries}; it must be 0 or a positive integer.`);
  return {
    base: apiBase(options.url, options.namespace),
    key: typeof key === "function" ? key : () => key,
    idempotent: options.idempotent ?? false,
    retries,
    retryBase: milliseconds(options.retryBase ?? 100),
    retryCap: milliseconds(options.retryCap ?? 30_000),
    requestTimeout: milliseconds(options.requestTimeout ?? 30_000),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

/** Where the API of a namespace begins. @internal */
export function apiBase(url: string, namespace = "default"): string {
  const root = httpRoot(url);
  return namespace === "default" ? `${root}/v1` : `${root}/v1/ns/${encodeURIComponent(namespace)}`;
}

/** A server's address without a trailing slash. Throws a `TypeError` unless it is an http address. @internal */
export function httpRoot(url: string): string {
  if (typeof url !== "string" || !/^https?:\/\/./.test(url)) {
    throw new TypeError(`url is "${url}"; it must begin with http:// or https://.`);
  }
  return url.replace(/\/+$/, "");
}
