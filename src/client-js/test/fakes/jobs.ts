import type { Job } from "../../src/index.js";

/** Jobs as the server sends them, with leases `l0`, `l1`, ... */
export function jobs(count: number, more: Partial<Job> = {}, from = 0): Job[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `job-${index + from}`,
    lease: `l${index + from}`,
    type: "t",
    args: { n: index + from },
    tenant: "acme",
    tags: [],
    attempt: 1,
    timeout: "30s",
    checkpoints: {},
    meta: null,
    ...more,
  }));
}
