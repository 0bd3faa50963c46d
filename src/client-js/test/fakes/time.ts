import { world, type Surroundings } from "../../src/time/surroundings.js";

/** Time that stands still until a test moves it; turns of the event loop stay real. */
export class FakeTime implements Surroundings {
  luck = 0;
  private time = 1_000;
  private nextId = 0;
  private readonly timers = new Map<number, { due: number; every: number | null; run: () => void }>();

  now = () => this.time;
  wallClock = () => 1_700_000_000_000 + this.time;
  random = () => this.luck;
  soon = world.soon;
  page = null;
  after = (ms: number, run: () => void) => this.add(ms, null, run);
  every = (ms: number, run: () => void) => this.add(ms, ms, run);

  /** The waits that are set, in milliseconds from now, shortest first. */
  get waits(): number[] {
    return [...this.timers.values()].map((timer) => timer.due - this.time).sort((a, b) => a - b);
  }

  /** Moves time and runs what falls due, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.due(end); next !== undefined; next = this.due(end)) {
      const [id, timer] = next;
      this.time = timer.due;
      if (timer.every === null) this.timers.delete(id);
      else timer.due += timer.every;
      timer.run();
    }
    this.time = end;
  }

  private due(end: number) {
    return [...this.timers].filter(([, timer]) => timer.due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
  }

  private add(ms: number, every: number | null, run: () => void): () => void {
    const id = this.nextId++;
    this.timers.set(id, { due: this.time + ms, every, run });
    return () => void this.timers.delete(id);
  }
}
