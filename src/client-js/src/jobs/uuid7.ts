let lastTime = 0;
let counter = 0;

/**
 * A UUID of version 7: 48 bits of time, then a counter that keeps ids of one millisecond in order, then 62 random bits.
 * @internal
 */
export function uuid7(now: number): string {
  advance(now);
  const random = crypto.getRandomValues(new Uint8Array(8));
  const time = lastTime.toString(16).padStart(12, "0");
  const sequence = (0x7000 | counter).toString(16);
  random[0] = (random[0]! & 0x3f) | 0x80;
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function advance(now: number): void {
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastTime += 1;
    counter = 0;
  }
}
