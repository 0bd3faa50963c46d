import { durationText } from "../time/duration.js";
import type { BatchSpec } from "./batch.js";
import type { EnqueueOptions, JobSpec, RetryPolicy, Unique } from "./spec.js";

/** The JSON text of a job as `POST /v1/jobs` reads it. Throws a `TypeError` or `RangeError` that names what is wrong. @internal */
export function jobText(spec: JobSpec): string {
  return JSON.stringify(wireJob(spec));
}

/** The JSON text of a batch as `POST /v1/batches` reads it. Throws as {@link jobText} does. @internal */
export function batchText(batch: BatchSpec): string {
  const callbacks: Pick<BatchSpec, "onSuccess" | "onFailure" | "onComplete"> = {};
  for (const name of ["onSuccess", "onFailure", "onComplete"] as const) {
    if (batch[name] !== undefined) callbacks[name] = wireJob(batch[name]);
  }
  return JSON.stringify({ ...batch, jobs: (batch.jobs ?? []).map(wireJob), ...callbacks });
}

function wireJob(spec: JobSpec): JobSpec {
  if (typeof spec.type !== "string" || spec.type === "") throw new TypeError("A job needs a type.");
  return needsWork(spec) ? worked(spec) : spec;
}

function needsWork(spec: EnqueueOptions): boolean {
  return (
    typeof spec.slo === "number" || typeof spec.delay === "number" || typeof spec.expiresIn === "number" ||
    typeof spec.timeout === "number" || typeof spec.resultTtl === "number" || spec.retry !== undefined || spec.unique !== undefined ||
    spec.then !== undefined
  );
}

function worked(spec: JobSpec): JobSpec {
  const copy = { ...spec };
  for (const name of ["slo", "delay", "expiresIn", "timeout", "resultTtl"] as const) {
    if (copy[name] !== undefined) copy[name] = durationText(copy[name]);
  }
  if (copy.retry !== undefined) copy.retry = retryText(copy.retry);
  if (copy.unique?.for !== undefined) copy.unique = uniqueText(copy.unique, durationText(copy.unique.for));
  if (copy.then !== undefined) copy.then = wireJob(copy.then);
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
