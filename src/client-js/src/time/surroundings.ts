import { soon } from "./soon.js";

/** Time and chance, handed in so that tests own them. @internal */
export interface Surroundings {
  /** Milliseconds that only grow, with a fraction. */
  now(): number;
  /** Milliseconds since 1970. */
  wallClock(): number;
  /** A number in [0, 1). */
  random(): number;
  /** Runs once after `ms`; call the answer to cancel. */
  after(ms: number, run: () => void): () => void;
  /** Runs each `ms`; call the answer to cancel. */
  every(ms: number, run: () => void): () => void;
  /** Runs once the present turn of the event loop is over. */
  soon(run: () => void): void;
  /** The page that this script runs in, which may be hidden or closed; null elsewhere. */
  readonly page: EventTarget | null;
}

/** The real ones. @internal */
export const world: Surroundings = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  soon,
  page: "onpagehide" in globalThis ? globalThis : null,
};
