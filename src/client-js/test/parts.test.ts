import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfter } from "../src/errors/problem.js";
import { uuid7 } from "../src/jobs/uuid7.js";
import { durationText, milliseconds } from "../src/time/duration.js";
import { Fifo } from "../src/worker/fifo.js";

test("durations", () => {
  assert.deepEqual(["250ms", "30s", "5m", "12h", "7d", 90].map(milliseconds), [250, 30_000, 300_000, 43_200_000, 604_800_000, 90]);
  for (const bad of ["", "5", "5 s", "-5s", "1w", -1, NaN, Infinity]) assert.throws(() => milliseconds(bad), RangeError);
  assert.equal(durationText(1.6), "2ms");
});

test("Retry-After: seconds, a date, nonsense", () => {
  const now = Date.parse("2026-12-01T00:00:00Z");
  assert.equal(retryAfter("3", now), 3_000);
  assert.equal(retryAfter("Tue, 01 Dec 2026 00:00:09 GMT", now), 9_000);
  assert.equal(retryAfter("Tue, 01 Dec 2020 00:00:09 GMT", now), 0);
  assert.equal(retryAfter("soon", now), undefined);
  assert.equal(retryAfter(null, now), undefined);
});

test("ids of version 7 are unique and in order, also within a millisecond and when the clock goes back", () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => uuid7(1_700_000_000_000 + (n % 3)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, [...ids].sort());
});

test("a queue keeps its order through growing and shrinking", () => {
  const fifo = new Fifo<number>();
  let put = 0;
  let got = 0;
  for (let round = 0; round < 50; round++) {
    for (let n = 0; n < 200; n++) fifo.push(put++);
    for (let n = 0; n < 150; n++) assert.equal(fifo.shift(), got++);
  }
  assert.equal(fifo.length, put - got);
  while (fifo.length > 0) assert.equal(fifo.shift(), got++);
  assert.equal(fifo.shift(), undefined);
  assert.equal(got, put);
});
