import type { Enqueued } from "./record.js";
import type { JobSpec } from "./spec.js";

/** A job of a new batch: without `id`, `unique` and `batch`. */
export interface BatchJob<Args = unknown> extends JobSpec<Args> {
  /** Its name inside the batch, by which others come after it. */
  name?: string;
  /** Names of the jobs of the batch that have to succeed before it. Excludes `delay` and `runAt`. */
  after?: string[];
}

/** Jobs that belong together, with what is enqueued when they have ended. Each of the callbacks comes once, whatever crashes. */
export interface BatchSpec {
  /** A UUID of your own: making the batch again changes nothing. Default: the client makes one. */
  id?: string;
  /** For people. */
  name?: string;
  /** The jobs, at most 10,000 (1,000 when some come after others). Default: none, which only an open batch may have. */
  jobs?: BatchJob[];
  /** Whether more jobs may join it until it is closed. Default: false. */
  open?: boolean;
  /** The job that is enqueued when all have succeeded. */
  onSuccess?: JobSpec;
  /** The job that is enqueued when the first one has ended otherwise. */
  onFailure?: JobSpec;
  /** The job that is enqueued when all have ended, whatever came of them. */
  onComplete?: JobSpec;
}

/** The server's answer for a batch. */
export interface EnqueuedBatch {
  /** The batch's UUID. */
  id: string;
  /** True when it was there before; a request whose answer was lost and that was made again shows so, too. */
  duplicate: boolean;
  /** The jobs in their order; empty when it was there before. */
  jobs: Enqueued[];
}

/** A batch as it is now. Times are RFC 3339 UTC. */
export interface BatchRecord {
  /** The batch's UUID. */
  id: string;
  /** For people. */
  name?: string | null;
  /** Whether jobs may join it. */
  open: boolean;
  /** How many jobs belong to it. */
  total: number;
  /** Those that have not ended. */
  pending: number;
  /** Those that succeeded. */
  succeeded: number;
  /** Those that ended otherwise. */
  failed: number;
  /** When it was made. */
  createdAt: string;
  /** When it was closed and all had ended. */
  finishedAt?: string | null;
  /** The job that was enqueued because all succeeded. */
  onSuccess?: string | null;
  /** The job that was enqueued because one ended otherwise. */
  onFailure?: string | null;
  /** The job that was enqueued because all ended. */
  onComplete?: string | null;
}

/** One page of batches, newest first. @internal */
export interface BatchPage {
  items: BatchRecord[];
  next?: string | null;
}
