/** Nanoseconds of CLOCK_MONOTONIC: the same clock in every process of this machine, in Node, Ruby and Python. */
export const now = () => Number(process.hrtime.bigint());

/** @param {number} milliseconds */
export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
