import type { BatchPage, BatchRecord, BatchSpec, EnqueuedBatch } from "../jobs/batch.js";
import type { Enqueued } from "../jobs/record.js";
import type { JobSpec } from "../jobs/spec.js";
import { uuid7 } from "../jobs/uuid7.js";
import { batchText, jobText } from "../jobs/wire.js";
import type { Surroundings } from "../time/surroundings.js";
import type { Transport } from "./transport.js";

/** Batches, and jobs with children. What it enqueues has ids, so that it can be sent twice. @internal */
export class Families {
  constructor(
    private readonly transport: Transport,
    private readonly around: Surroundings,
  ) {}

  async enqueueBatch(batch: BatchSpec): Promise<EnqueuedBatch> {
    const body = batchText({ ...batch, id: batch.id ?? uuid7(this.around.wallClock()) });
    return (await this.transport.send({ method: "POST", path: "/batches", body, repeatable: true })).body as EnqueuedBatch;
  }

  async enqueueChildren(parent: string, children: readonly JobSpec[], signal: AbortSignal | undefined): Promise<Enqueued[]> {
    if (children.length === 0) return [];
    const texts = children.map((child) => jobText({ ...child, parent, id: child.id ?? uuid7(this.around.wallClock()) }));
    const request = { method: "POST", path: "/jobs", body: `[${texts.join(",")}]`, repeatable: true, signal } as const;
    return (await this.transport.send(request)).body as Enqueued[];
  }

  async call(method: "GET" | "POST" | "DELETE", path: string): Promise<BatchRecord> {
    return (await this.transport.send({ method, path: `/batches/${path}`, repeatable: true })).body as BatchRecord;
  }

  async *all(): AsyncGenerator<BatchRecord> {
    let path: string | null = "/batches";
    while (path !== null) {
      const page = (await this.transport.send({ method: "GET", path, repeatable: true })).body as BatchPage;
      yield* page.items;
      path = page.next === undefined || page.next === null ? null : `/batches?cursor=${encodeURIComponent(page.next)}`;
    }
  }
}
