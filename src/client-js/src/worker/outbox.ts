import type { Surroundings } from "../time/surroundings.js";
import { fullJitter } from "../time/backoff.js";
import { Fifo } from "./fifo.js";
import { RawArguments, rejectionOf } from "./hub-protocol.js";
import { FINISHED, GONE, type Lease } from "./lease.js";
import type { Link } from "./link.js";
import type { LeaseBook } from "./lease-book.js";
import { rejectedReport } from "./rejected-report.js";

/** Reports that go in one call. */
interface Batch {
  leases: Lease[];
  refusals: number;
}

const MOST_FLIGHTS = 4;
const MOST_REPORTS = 1_000;
const MOST_CHARACTERS = 256 * 1024;
const REFUSALS_WITHOUT_REASON = 3;
const AFTER_REFUSAL = { base: 250, cap: 5_000 };

/**
 * Carries reports to the server: all that finished in one turn of the event loop in one call, up to four calls under way. A
 * report is kept until the server has acknowledged it, and sent again, the same bytes, over the next connection.
 *
 *     push -> pending -> flying -> acknowledged: the lease is gone
 *                ^          | connection lost: kept by its lease until `resume`
 *                |          | refused: for now: again later; for a fault: in halves, alone at last as a failure
 *                +----------+
 * @internal
 */
export class Outbox {
  /** Called for a report that came too late. */
  onStale: (lease: Lease) => void = () => {};
  /** Called for a report that the server refused for good. */
  onRefused: (lease: Lease, reason: string) => void = () => {};
  /** Called when something was acknowledged. */
  onSettled: () => void = () => {};
  private pending = new Fifo<Lease>();
  private flights = 0;
  private scheduled = false;

  constructor(
    private readonly link: Link,
    private readonly book: LeaseBook,
    private readonly around: Surroundings,
  ) {}

  /** Adds the report of a finished lease. */
  push(lease: Lease): void {
    this.pending.push(lease);
    if (!this.scheduled) this.schedule();
  }

  /** Over a fresh connection: everything that is not acknowledged goes again, in the order it finished. */
  resume(): void {
    this.flights = 0;
    this.pending.clear();
    for (const lease of this.book.finished()) this.pending.push(lease);
    this.flush();
  }

  private schedule(): void {
    this.scheduled = true;
    this.around.soon(this.flush);
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    while (this.link.up && this.flights < MOST_FLIGHTS && this.pending.length > 0) this.fly({ leases: this.take(), refusals: 0 });
  };

  private take(): Lease[] {
    const leases: Lease[] = [];
    let characters = 0;
    for (let next = this.pending.peek(); next !== undefined && leases.length < MOST_REPORTS; next = this.pending.peek()) {
      characters += next.report.length + 1;
      if (characters > MOST_CHARACTERS && leases.length > 0) break;
      this.pending.shift();
      if (next.state === FINISHED) leases.push(next);
    }
    return leases;
  }

  private fly(batch: Batch): void {
    if (batch.leases.length === 0) return;
    const { generation } = this.link;
    this.flights++;
    this.link.invoke("Report", new RawArguments(textOf(batch.leases))).then(
      (results) => this.landed(batch, results as string[], generation),
      (error: unknown) => this.failed(batch, error, generation),
    );
  }

  private landed(batch: Batch, results: string[], generation: number): void {
    if (generation !== this.link.generation) return;
    this.flights--;
    const { leases } = batch;
    for (let i = 0; i < leases.length; i++) this.acknowledge(leases[i]!, results[i]);
    if (this.pending.length > 0 && !this.scheduled) this.schedule();
    this.onSettled();
  }

  private acknowledge(lease: Lease, result: string | undefined): void {
    if (lease.state === GONE) return;
    lease.state = GONE;
    lease.report = "";
    this.book.forget(lease);
    if (result === "stale") this.onStale(lease);
  }

  private failed(batch: Batch, error: unknown, generation: number): void {
    if (generation !== this.link.generation) return;
    const rejection = rejectionOf(error);
    if (rejection === undefined) return this.link.reset(generation, error instanceof Error ? error : new Error(String(error)));
    if (rejection.faulty || (!rejection.transient && batch.refusals >= REFUSALS_WITHOUT_REASON)) return this.single(batch, rejection.text);
    const wait = fullJitter(batch.refusals++, AFTER_REFUSAL, this.around.random);
    this.around.after(wait, () => this.again(batch, generation));
  }

  private again(batch: Batch, generation: number): void {
    if (generation !== this.link.generation || !this.link.up) return;
    this.flights--;
    this.fly(batch);
  }

  /** Finds the report that the server will not have. */
  private single({ leases }: Batch, reason: string): void {
    this.flights--;
    if (leases.length > 1) this.halve(leases);
    else this.giveUp(leases[0]!, reason);
  }

  private halve(leases: Lease[]): void {
    const middle = leases.length >> 1;
    this.fly({ leases: leases.slice(0, middle), refusals: 0 });
    this.fly({ leases: leases.slice(middle), refusals: 0 });
  }

  private giveUp(lease: Lease, reason: string): void {
    const instead = rejectedReport(lease, reason);
    this.onRefused(lease, reason);
    if (lease.report === instead) return this.abandon(lease);
    lease.report = instead;
    this.fly({ leases: [lease], refusals: 0 });
  }

  private abandon(lease: Lease): void {
    this.acknowledge(lease, undefined);
    this.schedule();
    this.onSettled();
  }
}

function textOf(leases: Lease[]): string {
  let text = `[${leases[0]!.report}`;
  for (let i = 1; i < leases.length; i++) text += `,${leases[i]!.report}`;
  return `${text}]`;
}
