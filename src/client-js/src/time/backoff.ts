/** How the wait between tries grows. @internal */
export interface Backoff {
  /** The longest wait of the first retry, in milliseconds. */
  base: number;
  /** No wait is longer than this, in milliseconds. */
  cap: number;
}

/** Exponential backoff with full jitter: anywhere between 0 and `base * 2^retry`, at most `cap`. @internal */
export function fullJitter(retry: number, backoff: Backoff, random: () => number): number {
  const ceiling = Math.min(backoff.cap, backoff.base * 2 ** Math.min(retry, 30));
  return Math.floor(random() * ceiling);
}
