import { durationText } from "../time/duration.js";
import type { EnqueueOptions, JobSpec, RetryPolicy, Unique } from "./spec.js";

/** The JSON text of a job as `POST /v1/jobs` reads it. Throws a `TypeError` or `RangeError` that names what is wrong. @internal */
export function jobText(spec: JobSpec): string {
  if (typeof spec.type !== "string" || spec.type === "") throw new TypeError("A job needs a type.");
  return JSON.stringify(needsWork(spec) ? worked(spec) : spec);
}

function needsWork(spec: EnqueueOptions): boolean {
  return (
    typeof spec.slo === "number" || typeof spec.delay === "number" || typeof spec.expiresIn === "number" ||
    typeof spec.timeout === "number" || typeof spec.resultTtl === "number" || spec.retry !== undefined || spec.unique !== undefined
  );
}

function worked(spec: JobSpec): JobSpec {
  const copy = { ...spec };
  for (const name of ["slo", "delay", "expiresIn", "timeout", "resultTtl"] as const) {
    if (copy[name] !== undefined) copy[name] = durationText(copy[name]);
  }
  if (copy.retry !== undefined) copy.retry = retryText(copy.retry);
  if (copy.unique?.for !== undefined) copy.unique = uniqueText(copy.unique, durationText(copy.unique.for));
  return copy;
}

function retryText(retry: RetryPolicy): RetryPolicy {
  const copy = { ...retry };
  if (copy.base !== undefined) copy.base = durationText(copy.base);
  if (copy.cap !== undefined) copy.cap = durationText(copy.cap);
  return copy;
}

function uniqueText(unique: Unique, span: string): Unique {
  return { ...unique, for: span };
}
