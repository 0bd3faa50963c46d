import { WorcrError } from "../errors/worcr-error.js";
import type { Enqueued } from "../jobs/record.js";
import type { JobSpec } from "../jobs/spec.js";
import { uuid7 } from "../jobs/uuid7.js";
import { jobText } from "../jobs/wire.js";
import type { Surroundings } from "../time/surroundings.js";
import { Batcher, type Waiting } from "./batcher.js";
import { chunks, type Chunk } from "./chunks.js";
import type { Transport } from "./transport.js";

/** Takes jobs to the server: one caller's, or a whole stream. @internal */
export class Enqueuer {
  private readonly batcher: Batcher;

  constructor(
    private readonly transport: Transport,
    private readonly idempotent: boolean,
    private readonly around: Surroundings,
  ) {
    this.batcher = new Batcher((jobs, patient) => this.sendBatch(jobs, patient), around.soon);
  }

  /** Stores one job, together with those of other callers. */
  one(spec: JobSpec): Promise<Enqueued> {
    return new Promise((resolve, reject) => this.batcher.add({ ...this.text(spec), resolve, reject }));
  }

  /** A job's text, and whether sending it twice does no harm. Gives it an id if the client is idempotent. */
  text(spec: JobSpec): { text: string; repeatable: boolean } {
    const withId = this.idempotent && spec.id === undefined ? { ...spec, id: uuid7(this.around.wallClock()) } : spec;
    return { text: jobText(withId), repeatable: withId.id !== undefined };
  }

  /** Stores a stream of jobs, a request at a time. */
  async *many(
    specs: Iterable<JobSpec> | AsyncIterable<JobSpec>,
    options: { chunk?: number; signal?: AbortSignal },
  ): AsyncGenerator<Enqueued[]> {
    const { chunk: size = 10_000, signal } = options;
    if (!(size >= 1 && size <= 10_000)) throw new RangeError(`chunk is ${size}; it must be 1 to 10,000.`);
    const seen = { repeatable: true };
    let stored = 0;
    for await (const chunk of chunks(this.texts(specs, seen), size)) {
      signal?.throwIfAborted();
      yield await this.sendChunk(chunk, seen.repeatable, stored, signal);
      stored += chunk.count;
    }
  }

  private async *texts(specs: Iterable<JobSpec> | AsyncIterable<JobSpec>, seen: { repeatable: boolean }): AsyncGenerator<string> {
    for await (const spec of specs) {
      const { text, repeatable } = this.text(spec);
      if (!repeatable) seen.repeatable = false;
      yield text;
    }
  }

  private async sendChunk(chunk: Chunk, repeatable: boolean, stored: number, signal: AbortSignal | undefined): Promise<Enqueued[]> {
    const request = { method: "POST", path: "/jobs", contentType: "application/x-ndjson", body: chunk.text } as const;
    try {
      return asList((await this.transport.send({ ...request, repeatable, signal })).body);
    } catch (error) {
      if (error instanceof WorcrError) error.enqueued = stored;
      throw error;
    }
  }

  private async sendBatch(jobs: readonly Waiting[], patient: boolean): Promise<Enqueued[]> {
    const body = jobs.length === 1 ? jobs[0]!.text : `[${jobs.map((job) => job.text).join(",")}]`;
    const repeatable = jobs.every((job) => job.repeatable);
    return asList((await this.transport.send({ method: "POST", path: "/jobs", body, repeatable, patient })).body);
  }
}

function asList(body: unknown): Enqueued[] {
  return Array.isArray(body) ? (body as Enqueued[]) : [body as Enqueued];
}
