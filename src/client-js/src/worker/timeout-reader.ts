import { milliseconds, type Duration } from "../time/duration.js";

/** Reads the time-outs of jobs; most jobs share one, so the last is remembered. @internal */
export class TimeoutReader {
  private text: string | undefined;
  private ms = Infinity;

  /** Milliseconds; `Infinity` when there is none or it cannot be read (the server keeps time as well). */
  read(timeout: Duration | null | undefined): number {
    if (timeout === null || timeout === undefined) return Infinity;
    if (typeof timeout === "number") return timeout;
    if (timeout !== this.text) {
      this.text = timeout;
      this.ms = parsed(timeout);
    }
    return this.ms;
  }
}

function parsed(text: string): number {
  try {
    return milliseconds(text);
  } catch {
    return Infinity;
  }
}
