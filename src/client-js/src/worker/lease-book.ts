import type { AbortCause } from "./job.js";
import { FINISHED, GONE, RUNNING, type Lease } from "./lease.js";

/** All leases this worker holds: queued, running, and finished but not acknowledged. @internal */
export class LeaseBook {
  private readonly leases = new Map<string, Lease>();

  get size(): number {
    return this.leases.size;
  }

  has(id: string): boolean {
    return this.leases.has(id);
  }

  add(lease: Lease): void {
    this.leases.set(lease.job.lease, lease);
  }

  forget(lease: Lease): void {
    this.leases.delete(lease.job.lease);
  }

  /** The names of all, for a registration. */
  names(): string[] {
    return [...this.leases.keys()];
  }

  /** All of them. */
  all(): Iterable<Lease> {
    return this.leases.values();
  }

  *finished(): Generator<Lease> {
    for (const lease of this.leases.values()) if (lease.state === FINISHED) yield lease;
  }

  /** How many are finished but not acknowledged. */
  unacknowledged(): number {
    let count = 0;
    for (const lease of this.leases.values()) if (lease.state === FINISHED) count++;
    return count;
  }

  /** Asks the handler of one lease to stop; answers the lease. */
  abort(id: string, cause: AbortCause): Lease | undefined {
    const lease = this.leases.get(id);
    if (lease !== undefined && lease.state !== FINISHED) lease.abort(cause);
    return lease;
  }

  /** Asks all running handlers to stop. */
  abortRunning(cause: AbortCause): void {
    for (const lease of [...this.leases.values()]) if (lease.state === RUNNING) lease.abort(cause);
  }

  /** Aborts what has run too long. */
  expire(now: number): void {
    for (const lease of this.leases.values()) if (lease.state === RUNNING && lease.deadline <= now) lease.abort("timeout");
  }

  /** Forgets leases that are no longer ours; answers them. Their handlers are asked to stop. */
  lose(ids: Iterable<string>): Lease[] {
    const lost: Lease[] = [];
    for (const id of ids) {
      const lease = this.leases.get(id);
      if (lease === undefined) continue;
      lost.push(lease);
      this.leases.delete(id);
      if (lease.state !== FINISHED) lease.abort("lost");
      lease.state = GONE;
    }
    return lost;
  }
}
