import { GONE, type Lease } from "./lease.js";
import type { LogLevel } from "./job.js";
import type { Link } from "./link.js";

/** What one job has to tell that is not sent yet. */
interface Notes {
  progress: Map<string, { done: number; total: number | null }>;
  lines: { level: LogLevel; line: string }[];
  dropped: number;
}

const MOST_LINES = 1_000;
const MOST_LINE = 8_192;

/** Gathers progress and log lines and sends them now and then: bounded in memory, never in the way of a job. @internal */
export class Telemetry {
  private readonly notes = new Map<Lease, Notes>();

  constructor(private readonly link: Link) {}

  progress(lease: Lease, name: string, done: number, total: number | null): void {
    this.notesOf(lease).progress.set(name, { done, total });
  }

  log(lease: Lease, level: LogLevel, line: string): void {
    const notes = this.notesOf(lease);
    notes.lines.push({ level, line: String(line).slice(0, MOST_LINE) });
    if (notes.lines.length <= MOST_LINES) return;
    notes.lines.shift();
    notes.dropped++;
  }

  /** Sends all that waits, if there is a connection. */
  flush(): void {
    if (this.notes.size === 0 || !this.link.up) return;
    for (const [lease, notes] of this.notes) this.tell(lease, notes);
    this.notes.clear();
  }

  /** Sends what one job still has to tell, ahead of its report. */
  flushOf(lease: Lease): void {
    if (this.notes.size === 0 || !this.link.up) return;
    const notes = this.notes.get(lease);
    if (notes === undefined) return;
    this.tell(lease, notes);
    this.notes.delete(lease);
  }

  private tell(lease: Lease, notes: Notes): void {
    if (lease.state === GONE) return;
    const id = lease.job.lease;
    for (const [name, { done, total }] of notes.progress) this.link.send("Progress", id, name, done, total);
    if (notes.dropped > 0) this.link.send("Log", id, "warn", `${notes.dropped} log lines were dropped here.`);
    for (const { level, line } of notes.lines) this.link.send("Log", id, level, line);
  }

  private notesOf(lease: Lease): Notes {
    let notes = this.notes.get(lease);
    if (notes === undefined) this.notes.set(lease, (notes = { progress: new Map(), lines: [], dropped: 0 }));
    return notes;
  }
}
