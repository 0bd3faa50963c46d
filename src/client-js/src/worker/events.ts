import type { Job } from "./job.js";
import type { Worker } from "./worker.js";

/** What a {@link Worker} tells, by name. */
export interface WorkerEvents {
  /** The worker is registered with a server, first or again; `accepted` leases of `held` ones are still ours. */
  connected: { session: string; held: number; accepted: number };
  /** The connection is gone. Handlers that run go on; the next try to connect is `retryIn` milliseconds away. */
  disconnected: { error: Error | undefined; retryIn: number };
  /** A handler is about to be called. */
  job: { job: Job };
  /** A handler's outcome is on its way; `ms` is how long it ran. */
  done: { job: Job; outcome: "complete" | "fail" | "yield"; error: unknown; ms: number };
  /** The server no longer wanted the report of this job: somebody else has it, or it ended. */
  stale: { job: Job };
  /** The server asked this worker to take no more jobs over this connection. `ended by an operator`: the worker drains and stops. */
  drain: { reason: string };
  /** The worker has left; nothing runs and nothing is held. */
  stopped: Record<string, never>;
  /** Something went wrong that no caller hears of. Without a listener it goes to `console.error`. */
  error: { error: Error };
}
