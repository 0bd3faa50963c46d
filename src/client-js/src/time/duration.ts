/** A span of time: a number of milliseconds, or text as the server writes it: `250ms`, `30s`, `5m`, `12h`, `7d`. */
export type Duration = number | string;

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of a duration. Throws a `RangeError` when the text is no duration or the number is negative. */
export function milliseconds(duration: Duration): number {
  if (typeof duration === "number") return checked(duration, duration);
  const parts = PATTERN.exec(duration);
  if (parts === null) throw new RangeError(`"${duration}" is no duration: write 250ms, 30s, 5m, 12h or 7d.`);
  return checked(Number(parts[1]) * UNITS[parts[2]!]!, duration);
}

/** The text that the server reads: numbers are milliseconds. */
export function durationText(duration: Duration): string {
  return typeof duration === "string" ? duration : `${Math.round(milliseconds(duration))}ms`;
}

function checked(value: number, given: Duration): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${given} is no duration: it must be finite and not negative.`);
}
