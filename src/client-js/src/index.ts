export { Client, type WaitOptions } from "./client/client.js";
export type { ClientOptions } from "./client/options.js";
export { FinalError, JobError, Yield, type JobErrorOptions, type YieldOptions } from "./errors/job-error.js";
export { WorcrError, type FieldError, type Problem } from "./errors/worcr-error.js";
export type { BatchJob, BatchRecord, BatchSpec, EnqueuedBatch } from "./jobs/batch.js";
export type {
  BulkRequest, ChildCounts, Enqueued, JobFailure, JobOutcome, JobPage, JobQuery, JobRecord, JobState, LogLine, Match, TagMatch,
} from "./jobs/record.js";
export type { EnqueueOptions, JobSpec, RetryPolicy, Unique } from "./jobs/spec.js";
export { serve } from "./thread/serve.js";
export type { Duration } from "./time/duration.js";
export type { WorkerEvents } from "./worker/events.js";
export type { AbortCause, AcquireOptions, Handler, Job, JobContext, LogLevel } from "./worker/job.js";
export type { WorkerOptions } from "./worker/options.js";
export { Worker, type DrainOptions } from "./worker/worker.js";
