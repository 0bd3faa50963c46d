/** Where a job is in its life. */
export type JobState =
  | "scheduled" | "ready" | "running" | "retry" | "succeeded" | "dead" | "cancelled" | "expired" | "discarded";

/** A whole job as the server tells it. Times are RFC 3339 UTC, durations text such as `30s`. */
export interface JobRecord<Result = unknown, Args = unknown> {
  /** The job's UUID. */
  id: string;
  /** The kind of work. */
  type: string;
  /** Where it is in its life. */
  state: JobState;
  /** Input of the handler. */
  args?: Args;
  /** On whose behalf it runs. */
  tenant?: string;
  /** Labels that rules match. */
  tags?: string[];
  /** Its queue label. */
  queue?: string;
  /** How much it matters. */
  weight?: number;
  /** Its order inside its lane. */
  priority?: number;
  /** Attempts begun so far. */
  attempt: number;
  /** Attempts that a handler failed. */
  fails: number;
  /** When it was stored. */
  createdAt: string;
  /** When it may run, or could. */
  readyAt?: string | null;
  /** When its last attempt began. */
  startedAt?: string | null;
  /** When it ended for good. */
  finishedAt?: string | null;
  /** The worker of its last attempt. */
  worker?: string | null;
  /** Its batch. */
  batch?: string | null;
  /** The job whose child it is. */
  parent?: string | null;
  /** How its children stand, from the first child until the job and all its children have ended. */
  children?: ChildCounts | null;
  /** What its handler returned. */
  result?: Result | null;
  /** Why it failed last. */
  error?: JobFailure | null;
  /** Named values that the next attempt starts from. */
  checkpoints?: Record<string, unknown>;
  /** Named progress. */
  progress?: Record<string, { done: number; total: number | null }>;
  /** One entry an attempt. */
  attempts?: unknown[];
  /** What a newer server may add. */
  [more: string]: unknown;
}

/** How the children of a job stand. */
export interface ChildCounts {
  /** Those that have not ended. */
  readonly pending: number;
  /** Those that succeeded. */
  readonly succeeded: number;
  /** Those that ended otherwise. */
  readonly failed: number;
}

/** Why an attempt failed. */
export interface JobFailure {
  /** A stable word, for example `timeout`. */
  code: string;
  /** Text for people. */
  message: string;
}

/** How a job ended. */
export interface JobOutcome<Result = unknown> {
  /** The job's UUID. */
  id: string;
  /** `succeeded`, or the state that it ended in instead. */
  state: JobState;
  /** What its handler returned, when it succeeded. */
  result?: Result;
  /** The error that ended it. */
  error?: JobFailure;
}

/** The server's answer for one enqueued job. */
export interface Enqueued {
  /** The job's UUID. */
  id: string;
  /** Where it is in its life. */
  state: JobState;
  /** True when the server had it already (same `id`, or a `unique` claim with `onConflict: "return"`). */
  duplicate: boolean;
}

/** Which jobs to list; absent parts match everything. */
export interface JobQuery {
  /** Only jobs in this state. */
  state?: JobState;
  /** Only jobs of this type. */
  type?: string;
  /** Only jobs of this tenant. */
  tenant?: string;
  /** Only jobs with this tag. */
  tag?: string;
  /** Only jobs of this queue. */
  queue?: string;
  /** Jobs a page. The server has a default and a most. */
  limit?: number;
  /** Where to go on: `next` of the page before. */
  cursor?: string;
}

/** One page of jobs, newest first. */
export interface JobPage {
  /** The jobs. */
  jobs: JobRecord[];
  /** The cursor of the next page; absent or null on the last. */
  next?: string | null;
}

/** What `bulk` picks: absent parts match everything. */
export interface Match {
  /** Any of these types. */
  types?: string[];
  /** Any of these tenants. */
  tenants?: string[];
  /** Any of these queues. */
  queues?: string[];
  /** By the job's tags. */
  job?: TagMatch;
  /** By values in the arguments: path to value. */
  args?: Record<string, string | number | boolean | null>;
}

/** Tags that must all be there, of which one must be there, of which none may be there. */
export interface TagMatch {
  /** All of these. */
  all?: string[];
  /** At least one of these. */
  any?: string[];
  /** None of these. */
  none?: string[];
}

/** One change to many jobs. */
export interface BulkRequest {
  /** What to do. */
  action: "cancel" | "retry" | "discard" | "reweigh";
  /** To which jobs. */
  match: Match;
  /** Only jobs in these states; by default those in which the action can do something. */
  states?: JobState[];
  /** The new weight, for `reweigh`. */
  weight?: number;
  /** Only count. */
  dryRun?: boolean;
}

/** One line of a job's log. */
export interface LogLine {
  /** When, RFC 3339 UTC. */
  at?: string;
  /** Of which attempt. */
  attempt?: number;
  /** `debug`, `info`, `warn` or `error`. */
  level: string;
  /** The text. */
  line: string;
}
