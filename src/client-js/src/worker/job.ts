import type { Client } from "../client/client.js";
import type { FinalError, JobError, Yield, YieldOptions } from "../errors/job-error.js";
import type { WorcrError } from "../errors/worcr-error.js";
import type { ChildCounts, Enqueued } from "../jobs/record.js";
import type { JobSpec } from "../jobs/spec.js";
import type { Duration } from "../time/duration.js";

/** A job as its handler gets it. */
export interface Job<Args = unknown> {
  /** The job's UUID. */
  readonly id: string;
  /** The right to run this attempt; a new one each attempt. */
  readonly lease: string;
  /** The kind of work. */
  readonly type: string;
  /** Input, as it was enqueued. */
  readonly args: Args;
  /** On whose behalf it runs. */
  readonly tenant?: string;
  /** The job's tags. */
  readonly tags?: readonly string[];
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  /** How long this attempt may run, counted from the call of the handler; absent or null: no limit. */
  readonly timeout?: Duration | null;
  /** Named values that earlier attempts left. */
  readonly checkpoints?: Record<string, unknown> | null;
  /** How its children stood when this attempt began; absent when it had none. */
  readonly children?: ChildCounts | null;
  /** Text that travels with the job, for example `traceparent`. */
  readonly meta?: Readonly<Record<string, string>> | null;
}

/**
 * Why a handler is asked to stop; it is the `reason` of its signal.
 * `interrupt`: give the job back (yield), for example for a drain. `cancel`: the job was cancelled. `timeout`: the attempt ran
 * too long. `lost`: the server gave the job to somebody else, so whatever the handler reports is not wanted any more.
 */
export type AbortCause = "interrupt" | "cancel" | "timeout" | "lost";

/** How loud a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** What a handler can do beside returning a result. */
export interface JobContext {
  /**
   * Aborted when the handler should stop; its `reason` is an {@link AbortCause}. Hand it to `fetch` and the like: a handler
   * that rejects after an `interrupt` because of the signal has given its job back.
   */
  readonly signal: AbortSignal;
  /** Why the signal is aborted, or null while it is not. Cheaper to ask than the signal. */
  readonly aborted: AbortCause | null;
  /** The named values that earlier attempts and this one left. */
  readonly checkpoints: Readonly<Record<string, unknown>>;
  /**
   * Leaves a named value for the next attempt, should there be one. Resolves when the server has it; survives a
   * reconnect. The attempt's own report waits for it. Rejects with {@link WorcrError} `lease_lost` or `hub_rejected`.
   */
  checkpoint(name: string, value: unknown): Promise<void>;
  /** Starts the attempt's time-out anew. Rejects as {@link JobContext.checkpoint} does. */
  extend(): Promise<void>;
  /** Tells how far the work is. Sent at most every 100 ms; of one name only the latest counts. */
  progress(name: string, done: number, total?: number | null): void;
  /**
   * Adds a line, of at most 8,192 characters, to the job's log. At most 1,000 lines wait to be sent (100 ms); beyond that the
   * oldest are dropped, and counted in the log.
   */
  log(level: LogLevel, line: string): void;
  /**
   * Takes permits of a rate limit while the job runs. Resolves with false when they could not be had within `wait`.
   * Rejects with the {@link AbortCause} when the handler is asked to stop meanwhile.
   */
  acquire(limit: string, options?: AcquireOptions): Promise<boolean>;
  /**
   * Enqueues children of this job, all or none. An attempt that finds `job.children` comes after one that has enqueued some: so a
   * handler that enqueues all in one call, and only when there are none, enqueues them once. Goes through the worker's `client`.
   * Throws what {@link Client.enqueueChildren} throws, or the {@link AbortCause} when the handler is asked to stop meanwhile.
   */
  enqueueChildren(children: readonly JobSpec[]): Promise<Enqueued[]>;
  /**
   * `return ctx.yield()` gives the job back: it goes on later from its checkpoints. With `{ until: "children" }` only when all its
   * children have ended, whatever came of them; at once when none is pending.
   */
  yield(options?: YieldOptions): Yield;
}

/** How many permits, for whom, how patiently. */
export interface AcquireOptions {
  /** Key inside the limit. Default: none. */
  key?: string;
  /** How many permits. Default: 1. */
  n?: number;
  /** How long to wait for them. Default: `0ms`. */
  wait?: Duration;
}

/**
 * Does a job. What it returns (or resolves with) is the result: any JSON value, at most 1 MiB. To fail, throw: any error
 * (retried), {@link JobError} (with a code or a time to retry), {@link FinalError} (never retried). To give the job back, throw or
 * return a {@link Yield}.
 */
export type Handler<Args = any, Result = unknown> = (job: Job<Args>, ctx: JobContext) => Result | Promise<Result>;
