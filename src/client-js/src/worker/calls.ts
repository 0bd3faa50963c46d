import { WorcrError } from "../errors/worcr-error.js";
import { fullJitter } from "../time/backoff.js";
import { durationText } from "../time/duration.js";
import type { Surroundings } from "../time/surroundings.js";
import { rejectionOf } from "./hub-protocol.js";
import type { AcquireOptions } from "./job.js";
import { GONE, type Lease } from "./lease.js";
import type { Link } from "./link.js";

const AFTER_REFUSAL = { base: 250, cap: 5_000 };

/** Calls that a handler makes and waits for; they outlast a reconnect. @internal */
export class Calls {
  constructor(
    private readonly link: Link,
    private readonly around: Surroundings,
  ) {}

  async checkpoint(lease: Lease, name: string, value: unknown): Promise<void> {
    const copy: unknown = value === undefined ? null : JSON.parse(JSON.stringify(value));
    if ((await this.call(lease, "Checkpoint", name, copy)) === "stale") throw lost();
    lease.checkpoints[name] = copy;
  }

  async extend(lease: Lease): Promise<void> {
    if ((await this.call(lease, "Extend")) === "stale") throw lost();
    lease.deadline = this.around.now() + lease.timeout;
  }

  /** Permits taken by a call whose answer was lost stay taken: a limit is rather used less than more. */
  acquire(lease: Lease, limit: string, options: AcquireOptions): Promise<boolean> {
    const { key = null, n = 1, wait = 0 } = options;
    const granted = this.call(lease, "Acquire", limit, key, n, durationText(wait)) as Promise<boolean>;
    return untilAborted(lease.signal, granted);
  }

  private async call(lease: Lease, method: string, ...args: unknown[]): Promise<unknown> {
    for (let refusals = 0; ; ) {
      await this.link.ready();
      if (lease.state === GONE) throw lost();
      const { generation } = this.link;
      try {
        return await this.link.invoke(method, lease.job.lease, ...args);
      } catch (error) {
        const rejection = rejectionOf(error);
        if (rejection?.transient) await this.pause(refusals++);
        else if (rejection !== undefined) throw refused(method, rejection.text);
        else this.link.reset(generation, error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  private pause(refusals: number): Promise<void> {
    return new Promise((resolve) => void this.around.after(fullJitter(refusals, AFTER_REFUSAL, this.around.random), resolve));
  }
}

function lost(): WorcrError {
  return new WorcrError({ status: 0, code: "lease_lost", title: "The job is no longer this worker's." });
}

function refused(method: string, detail: string): WorcrError {
  return new WorcrError({ status: 0, code: "hub_rejected", title: `The server refused ${method}.`, detail });
}

function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
