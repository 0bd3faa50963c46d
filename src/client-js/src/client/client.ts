import type { BatchRecord, BatchSpec, EnqueuedBatch } from "../jobs/batch.js";
import type { BulkRequest, Enqueued, JobOutcome, JobPage, JobQuery, JobRecord, LogLine } from "../jobs/record.js";
import type { EnqueueOptions, JobSpec } from "../jobs/spec.js";
import { milliseconds, type Duration } from "../time/duration.js";
import { world, type Surroundings } from "../time/surroundings.js";
import { Enqueuer } from "./enqueuer.js";
import { Families } from "./families.js";
import { resolveClient, type ClientOptions } from "./options.js";
import { allLines, eachJob, queryText } from "./pages.js";
import { finishedResult, finishedRun } from "./results.js";
import { Transport } from "./transport.js";
import type { WorcrError } from "../errors/worcr-error.js";

/** Options of one call that may wait. */
export interface WaitOptions {
  /** How long to wait for the job to finish. Default: 30 s for `run`, none for `result`. */
  wait?: Duration;
  /** Ends the call early; it then throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Talks to a Worcr server: enqueues jobs and asks about them. Every method throws a {@link WorcrError} when the server
 * refuses or cannot be reached. One client serves any number of concurrent callers; there is nothing to close.
 */
export class Client {
  private readonly transport: Transport;
  private readonly enqueuer: Enqueuer;
  private readonly families: Families;
  private readonly around: Surroundings;

  /** Throws a `TypeError` or `RangeError` for options that cannot work. */
  constructor(options: ClientOptions);
  /** @internal */
  constructor(options: ClientOptions, around: Surroundings);
  constructor(options: ClientOptions, around: Surroundings = world) {
    const resolved = resolveClient(options);
    this.around = around;
    this.transport = new Transport(resolved, around);
    this.enqueuer = new Enqueuer(this.transport, resolved.idempotent, around);
    this.families = new Families(this.transport, around);
  }

  /**
   * Stores a job and answers once it is durable. Calls made at the same time share one request, and a refusal reaches
   * only the caller whose job it concerns.
   * @param args Input of the handler: any JSON value, at most 1 MiB.
   */
  enqueue(type: string, args?: unknown, options?: EnqueueOptions): Promise<Enqueued>;
  /** Stores a job that is described as a whole. */
  enqueue(spec: JobSpec): Promise<Enqueued>;
  enqueue(what: string | JobSpec, args?: unknown, options?: EnqueueOptions): Promise<Enqueued> {
    return this.enqueuer.one(specOf(what, args, options));
  }

  /**
   * Stores many jobs, up to `chunk` a request; each request is all or nothing. On an error, `enqueued` of the
   * {@link WorcrError} tells how many jobs of the input were stored.
   * @param jobs Any iterable; it is read as it is sent.
   * @param options `chunk`: jobs a request, 1 to 10,000 (default: 10,000). `signal` ends the call between requests.
   */
  async enqueueMany(
    jobs: Iterable<JobSpec> | AsyncIterable<JobSpec>,
    options: { chunk?: number; signal?: AbortSignal } = {},
  ): Promise<Enqueued[]> {
    const all: Enqueued[] = [];
    for await (const answers of this.enqueueChunks(jobs, options)) for (const answer of answers) all.push(answer);
    return all;
  }

  /** As {@link Client.enqueueMany}, but hands out the answers of each request as it is done: for inputs larger than memory. */
  enqueueChunks(
    jobs: Iterable<JobSpec> | AsyncIterable<JobSpec>,
    options: { chunk?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<Enqueued[]> {
    return this.enqueuer.many(jobs, options);
  }

  /** Stores jobs that belong together, all or none, and what follows them. It has an id, so that a broken connection makes no second one. */
  enqueueBatch(batch: BatchSpec): Promise<EnqueuedBatch> {
    return this.families.enqueueBatch(batch);
  }

  /** A batch. Throws with status 404 when there is none. */
  getBatch(id: string): Promise<BatchRecord> {
    return this.families.call("GET", encodeURIComponent(id));
  }

  /** All batches, newest first; pages are asked for as you iterate. */
  batches(): AsyncGenerator<BatchRecord> {
    return this.families.all();
  }

  /** Closes an open batch: no more jobs may join, and it is complete when all have ended. */
  closeBatch(id: string): Promise<BatchRecord> {
    return this.families.call("POST", `${encodeURIComponent(id)}/close`);
  }

  /** Closes a batch and cancels its jobs that have not ended. */
  cancelBatch(id: string): Promise<BatchRecord> {
    return this.families.call("DELETE", encodeURIComponent(id));
  }

  /**
   * Stores children of a job that has not ended, all or none: at most 10,000, 16 MiB together. Throws with status 404 when there is no
   * such parent, with 409 when it has ended. A handler calls `ctx.enqueueChildren` instead.
   */
  enqueueChildren(parent: string, children: readonly JobSpec[], options: { signal?: AbortSignal } = {}): Promise<Enqueued[]> {
    return this.families.enqueueChildren(parent, children, options.signal);
  }

  /**
   * Enqueues a job and waits for its end. Look at `state`: a job that failed is an answer too. Throws with code
   * `not_finished` and status 202 when it had not ended in time; the job goes on.
   */
  async run<Result = unknown>(
    what: string | JobSpec,
    args?: unknown,
    options: EnqueueOptions & WaitOptions = {},
  ): Promise<JobRecord<Result>> {
    const { wait = 30_000, signal, ...rest } = options;
    const text = this.enqueuer.text(specOf(what, args, rest));
    return finishedRun<Result>(this.transport, this.around, { ...text, wait: milliseconds(wait), signal });
  }

  /** A whole job. Throws with status 404 when there is none. */
  async get<Result = unknown>(id: string): Promise<JobRecord<Result>> {
    return (await this.read(`/jobs/${encodeURIComponent(id)}`)) as JobRecord<Result>;
  }

  /** One page of jobs, newest first. */
  async page(query: JobQuery = {}): Promise<JobPage> {
    return (await this.read(`/jobs${queryText(query)}`)) as JobPage;
  }

  /** All jobs that match, newest first; pages are asked for as you iterate. */
  list(query: JobQuery = {}): AsyncGenerator<JobRecord> {
    return eachJob(query, (page) => this.page(page));
  }

  /**
   * How a job ended, with its result or its error. Throws with code `not_finished` and status 202 when it has not ended in
   * time, with status 404 when there is no such job, with 410 when the result is no longer kept.
   */
  result<Result = unknown>(id: string, options: WaitOptions = {}): Promise<JobOutcome<Result>> {
    const wait = milliseconds(options.wait ?? 0);
    return finishedResult<Result>(this.transport, this.around, { id, wait, signal: options.signal });
  }

  /** The log lines of all attempts, oldest first. */
  async logs(id: string): Promise<LogLine[]> {
    return allLines((cursor) => this.read(`/jobs/${encodeURIComponent(id)}/logs${cursor}`));
  }

  /** Cancels a job, also a running one. */
  async cancel(id: string): Promise<void> {
    await this.transport.send({ method: "DELETE", path: `/jobs/${encodeURIComponent(id)}`, repeatable: true });
  }

  /** Makes a finished job run again. */
  async retry(id: string): Promise<void> {
    await this.transport.send({ method: "POST", path: `/jobs/${encodeURIComponent(id)}/retry`, repeatable: false });
  }

  /** Asks the worker of a running job to give it back; it goes on later from its checkpoints. */
  async interrupt(id: string): Promise<void> {
    await this.transport.send({ method: "POST", path: `/jobs/${encodeURIComponent(id)}/interrupt`, repeatable: true });
  }

  /** Changes all jobs that match; answers how many. */
  async bulk(request: BulkRequest): Promise<number> {
    const answer = await this.request<{ affected: number }>("POST", "/jobs/bulk", request);
    return answer.affected;
  }

  /**
   * Any other call of the API, for rules and resources.
   * @param path Below `/v1` or `/v1/ns/{namespace}`, for example `/limits/shopify`.
   */
  async request<Answer = unknown>(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return (await this.transport.send({ method, path, body: text, repeatable: method !== "POST" })).body as Answer;
  }

  private async read(path: string): Promise<unknown> {
    return (await this.transport.send({ method: "GET", path, repeatable: true })).body;
  }
}

function specOf(what: string | JobSpec, args: unknown, options: EnqueueOptions | undefined): JobSpec {
  return typeof what === "string" ? { type: what, args, ...options } : { ...what, ...options };
}
