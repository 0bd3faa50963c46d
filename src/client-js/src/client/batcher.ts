import type { WorcrError } from "../errors/worcr-error.js";
import type { Enqueued } from "../jobs/record.js";
import { settleApart } from "./settle-apart.js";

/** One caller of `enqueue` and its job. @internal */
export interface Waiting {
  /** JSON text of the job. */
  readonly text: string;
  /** True when the job has an id, so that sending it twice does no harm. */
  readonly repeatable: boolean;
  /** Answers the caller. */
  readonly resolve: (answer: Enqueued) => void;
  /** Fails the caller. */
  readonly reject: (error: unknown) => void;
}

/** Sends jobs as one request; `patient` says whether to sit out 429 and 503. @internal */
export type SendJobs = (jobs: readonly Waiting[], patient: boolean) => Promise<Enqueued[]>;

const MOST_JOBS = 1_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_FLIGHTS = 4;

/**
 * Lets callers that enqueue at the same time share a request: what is there when the turn of the event loop is over goes
 * together, and while four requests are under way the next jobs gather.
 * @internal
 */
export class Batcher {
  private waiting: Waiting[] = [];
  private flights = 0;
  private scheduled = false;

  constructor(
    private readonly send: SendJobs,
    private readonly soon: (run: () => void) => void,
  ) {}

  /** Adds a job; its `resolve` or `reject` is called in time. */
  add(job: Waiting): void {
    this.waiting.push(job);
    if (this.scheduled) return;
    this.scheduled = true;
    this.soon(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    while (this.flights < MOST_FLIGHTS && this.waiting.length > 0) void this.fly(this.take());
  }

  private async fly(jobs: Waiting[]): Promise<void> {
    this.flights++;
    try {
      const answers = await this.send(jobs, true);
      jobs.forEach((job, index) => job.resolve(answers[index]!));
    } catch (error) {
      await settleApart(jobs, error as WorcrError, this.send);
    } finally {
      this.flights--;
      if (!this.scheduled) this.flush();
    }
  }

  private take(): Waiting[] {
    let count = 0;
    let characters = 0;
    while (count < this.waiting.length && count < MOST_JOBS) {
      characters += this.waiting[count]!.text.length;
      if (characters > MOST_CHARACTERS && count > 0) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }
}
