import type { Duration } from "../time/duration.js";

/** A job as a producer describes it. Only `type` is needed; what is absent, the server or the type's defaults decide. */
export interface JobSpec<Args = unknown> extends EnqueueOptions {
  /** The kind of work, for example `email.send`. */
  type: string;
  /** Input of the handler: any JSON value, at most 1 MiB. */
  args?: Args;
}

/** Everything about a job but its type and input. */
export interface EnqueueOptions {
  /** On whose behalf the job runs. */
  tenant?: string;
  /** Labels that rules match. */
  tags?: string[];
  /** A label for workers that serve only some queues. */
  queue?: string;
  /** A positive number: how much the job matters relative to others. Server default: 1. */
  weight?: number;
  /** An int32 that orders jobs of one lane. Server default: 0. */
  priority?: number;
  /** Within what time of being ready the job should start. */
  slo?: Duration;
  /** Not before this time (a `Date`, or RFC 3339 text). Excludes `delay`. */
  runAt?: Date | string;
  /** Not before this span has passed. Excludes `runAt`. */
  delay?: Duration;
  /** The job is dropped when it has not started by this time. Excludes `expiresIn`. */
  expiresAt?: Date | string;
  /** The job is dropped when it has not started within this span. Excludes `expiresAt`. */
  expiresIn?: Duration;
  /** How long one attempt may run. */
  timeout?: Duration;
  /** What happens after a failed attempt. */
  retry?: RetryPolicy;
  /** At most one job with this key at a time. */
  unique?: Unique;
  /** Jobs with the same key run one at a time and in order. */
  orderKey?: string;
  /** How long the result is kept. */
  resultTtl?: Duration;
  /** An id of your own (a UUID): sending it again answers `duplicate: true` instead of adding a second job. */
  id?: string;
  /** The open batch that it joins. */
  batch?: string;
  /** The job whose child it is, which has not ended. Excludes `batch`. */
  parent?: string;
  /** The job that is enqueued once when this one and all its children have ended, whatever came of them. */
  then?: JobSpec;
  /** Text that travels with the job, for example `traceparent`. */
  meta?: Record<string, string>;
}

/** When and how often a failed job is tried again. */
export interface RetryPolicy {
  /** Attempts of any outcome, the first included. */
  maxAttempts?: number | null;
  /** Attempts that a handler failed. `null`: no limit of their own. */
  maxFails?: number | null;
  /** How the wait grows. */
  backoff?: "exponential" | "linear" | "fixed";
  /** The first wait. */
  base?: Duration;
  /** The longest wait. */
  cap?: Duration;
  /** Share of the wait that is random, 0 to 1. */
  jitter?: number;
  /** Whether a job with an order key that waits for its retry lets the next of its key go first. Default: false. */
  stepAside?: boolean;
}

/** A uniqueness claim. */
export interface Unique {
  /** Jobs with the same key exclude each other. */
  key: string;
  /** When the claim ends. */
  until?: "started" | "finished" | "expired";
  /** When the claim ends at the latest. */
  for?: Duration;
  /** What a second job with this key gets: the first one's id, an error, or its place. */
  onConflict?: "return" | "reject" | "replace";
}
