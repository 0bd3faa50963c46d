import { JobError, Yield } from "../errors/job-error.js";
import { durationText, type Duration } from "../time/duration.js";
import type { Lease } from "./lease.js";

const MOST_RESULT_BYTES = 1024 * 1024;
const MOST_MESSAGE = 8_192;

/** How an attempt ended. @internal */
export type Outcome = "complete" | "fail" | "yield";

/** The report of a handler that returned; a result that cannot be sent is a failure of its job alone. @internal */
export function completion(lease: Lease, result: unknown, ms: number): string {
  if (result === undefined) return `${head(lease, "complete", ms)}}`;
  let text: string | undefined;
  try {
    text = JSON.stringify(result);
  } catch (error) {
    return unsendable(lease, "result_not_json", `The result is no JSON: ${messageOf(error)}`, ms);
  }
  if (text === undefined) return `${head(lease, "complete", ms)}}`;
  if (tooLarge(text)) return unsendable(lease, "result_too_large", "The result is larger than 1 MiB.", ms);
  return `${head(lease, "complete", ms)},"result":${text}}`;
}

/** The report of a handler that threw. @internal */
export function failure(lease: Lease, error: unknown, ms: number): string {
  return `${head(lease, "fail", ms)},"error":${JSON.stringify(describe(lease, error))}}`;
}

/** The report of a job that is given back, perhaps until something has happened. @internal */
export function giveBack(lease: Lease, ms: number, wish?: unknown): string {
  const until = wish instanceof Yield && wish.until !== undefined ? `,"until":${JSON.stringify(wish.until)}` : "";
  return `${head(lease, "yield", ms)}${until}}`;
}

/** Whether what a handler threw means that it gave its job back. @internal */
export function isYield(lease: Lease, error: unknown): boolean {
  if (error instanceof Yield) return true;
  return lease.aborted === "interrupt" && (error === "interrupt" || (error as { name?: unknown } | null)?.name === "AbortError");
}

function head(lease: Lease, outcome: Outcome, ms: number): string {
  return `{"lease":${JSON.stringify(lease.job.lease)},"outcome":"${outcome}","ms":${Math.round(ms * 1_000) / 1_000}`;
}

function describe(lease: Lease, error: unknown): { code: string; message: string; retryAfter?: string; final?: boolean } {
  const known = error as { retryAfter?: Duration; final?: boolean } | null | undefined;
  const told: ReturnType<typeof describe> = { code: codeOf(lease, error), message: messageOf(error).slice(0, MOST_MESSAGE) };
  if (typeof known?.retryAfter === "number" || typeof known?.retryAfter === "string") told.retryAfter = durationText(known.retryAfter);
  if (known?.final === true || lease.aborted === "cancel") told.final = true;
  return told;
}

function codeOf(lease: Lease, error: unknown): string {
  if (lease.aborted === "timeout" || lease.aborted === "cancel") return lease.aborted === "cancel" ? "cancelled" : "timeout";
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" || typeof code === "number" ? String(code) : "error";
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" || error instanceof JobError ? error.message : `${error.name}: ${error.message}`;
}

function unsendable(lease: Lease, code: string, message: string, ms: number): string {
  return failure(lease, new JobError(message, { code, final: true }), ms);
}

function tooLarge(text: string): boolean {
  return text.length * 3 > MOST_RESULT_BYTES && new TextEncoder().encode(text).length > MOST_RESULT_BYTES;
}
