import type { Handler } from "../worker/job.js";
import { Thread, type Engine } from "./thread.js";

/** The threads of a worker whose handlers are in a script. @internal */
export class Threads {
  private threads: Thread[] = [];

  constructor(
    private readonly script: string | URL,
    private readonly count: number,
    private readonly handlers: Map<string, Handler>,
    private readonly fault: (error: Error) => void,
  ) {}

  /** Starts them and learns which types they serve. Rejects when the script cannot be run, or serves nothing. */
  async open(): Promise<void> {
    this.threads = Array.from({ length: this.count }, () => new Thread(this.engine(), this.fault));
    const [types] = await Promise.all(this.threads.map((thread) => thread.types));
    if (types!.length === 0) throw new TypeError("The worker script serves no type; a worker needs at least one.");
    for (const type of types!) this.handlers.set(type, (job, ctx) => this.idlest().run(job, ctx));
  }

  /** Ends them. */
  close(): void {
    for (const thread of this.threads) thread.close();
  }

  private idlest(): Thread {
    return this.threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
  }

  private engine(): Engine {
    return new globalThis.Worker(this.script, { type: "module", name: "worcr" }) as unknown as Engine;
  }
}
