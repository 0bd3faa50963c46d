import type { Surroundings } from "../time/surroundings.js";

/** Waits for conditions that somebody announces, at most for a time. @internal */
export class WaitingRoom {
  private readonly waiting = new Set<{ met: () => boolean; done: (met: boolean) => void }>();

  constructor(private readonly around: Surroundings) {}

  /** True when the condition was met within `ms`. */
  until(met: () => boolean, ms: number): Promise<boolean> {
    if (met()) return Promise.resolve(true);
    if (ms <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const guest = {
        met,
        done: (result: boolean) => {
          cancel();
          this.waiting.delete(guest);
          resolve(result);
        },
      };
      const cancel = this.around.after(ms, () => guest.done(false));
      this.waiting.add(guest);
    });
  }

  /** Something changed. */
  announce(): void {
    if (this.waiting.size === 0) return;
    for (const guest of [...this.waiting]) if (guest.met()) guest.done(true);
  }
}
