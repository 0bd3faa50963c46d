import { JobError, type YieldOptions } from "../errors/job-error.js";
import type { Duration } from "../time/duration.js";
import type { AbortCause, Job, LogLevel } from "../worker/job.js";

/** An error that was thrown, in a form that can be sent; text stays text. @internal */
export type Thrown = string | { name: string; message: string; code?: string; retryAfter?: Duration; final?: boolean };

/** What a page says to a thread. @internal */
export type Order =
  | { kind: "run"; job: Job }
  | { kind: "abort"; lease: string; cause: AbortCause }
  | { kind: "answer"; call: number; value: unknown }
  | { kind: "refusal"; call: number; error: Thrown };

/** What a handler may ask the page for, and wait. @internal */
export type Method = "checkpoint" | "extend" | "acquire" | "enqueueChildren";

/** What a thread says to its page. @internal */
export type Word =
  | { kind: "ready"; types: string[] }
  | { kind: "done"; lease: string; result: unknown }
  | { kind: "yield"; lease: string; options: YieldOptions }
  | { kind: "fail"; lease: string; error: Thrown }
  | { kind: "call"; call: number; lease: string; method: Method; args: unknown[] }
  | { kind: "progress"; lease: string; name: string; done: number; total: number | null }
  | { kind: "log"; lease: string; level: LogLevel; line: string };

/** Packs what was thrown. @internal */
export function pack(error: unknown): Thrown {
  if (!(error instanceof Error)) return String(error);
  const { code, retryAfter, final } = error as { code?: unknown; retryAfter?: Duration; final?: boolean };
  const thrown: Thrown = { name: error.name, message: error.message };
  if (code !== undefined) thrown.code = String(code);
  if (retryAfter !== undefined) thrown.retryAfter = retryAfter;
  if (final !== undefined) thrown.final = final;
  return thrown;
}

/** What was thrown, on the other side. @internal */
export function unpack(thrown: Thrown): unknown {
  if (typeof thrown === "string") return thrown;
  const { name, message, ...options } = thrown;
  return name === "JobError" || name === "FinalError" ? new JobError(message, options) : Object.assign(new Error(message), thrown);
}
