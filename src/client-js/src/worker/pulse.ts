import type { Surroundings } from "../time/surroundings.js";
import type { LeaseBook } from "./lease-book.js";
import type { Link } from "./link.js";
import type { Telemetry } from "./telemetry.js";

/** What keeps time by a pulse. @internal */
export interface PulseParts {
  link: Link;
  book: LeaseBook;
  telemetry: Telemetry;
}

const TICK = 100;

/** The one timer of a worker: time-outs of all jobs, progress and logs, the heartbeat. @internal */
export class Pulse {
  private heartbeat = Infinity;
  private lastBeat = 0;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly parts: PulseParts,
    private readonly around: Surroundings,
  ) {}

  start(): void {
    this.cancel ??= this.around.every(TICK, () => this.tick());
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  /** From now on a heartbeat each `ms`. */
  beat(ms: number): void {
    this.heartbeat = ms > 0 ? ms : Infinity;
    this.lastBeat = this.around.now();
  }

  private tick(): void {
    const now = this.around.now();
    const { book, link, telemetry } = this.parts;
    book.expire(now);
    telemetry.flush();
    if (!link.up || now - this.lastBeat < this.heartbeat) return;
    this.lastBeat = now;
    link.send("Heartbeat");
  }
}
