import type { Duration } from "../time/duration.js";

/** How an attempt failed, for the server's retry rules. */
export interface JobErrorOptions extends ErrorOptions {
  /** A stable word that rules and adaptive limits match, for example `429` or `timeout`. Default: `error`. */
  code?: string;
  /** Not again before this span has passed. Default: the job's backoff decides. */
  retryAfter?: Duration;
  /** True: never again. Default: false. */
  final?: boolean;
}

/** Throw it in a handler to fail the attempt with a code or a wish when to retry. */
export class JobError extends Error {
  override readonly name: string = "JobError";
  /** A stable word that rules and adaptive limits match. */
  readonly code: string;
  /** Not again before this span has passed. */
  readonly retryAfter: Duration | undefined;
  /** True: never again. */
  readonly final: boolean;

  /** @param message Text for people; kept with the attempt, up to 8,192 characters. */
  constructor(message: string, options: JobErrorOptions = {}) {
    super(message, options);
    this.code = options.code ?? "error";
    this.retryAfter = options.retryAfter;
    this.final = options.final ?? false;
  }
}

/** Throw it in a handler to fail the job for good: it is not retried. */
export class FinalError extends JobError {
  override readonly name = "FinalError";

  /** @param message Text for people. */
  constructor(message: string, options: JobErrorOptions = {}) {
    super(message, { ...options, final: true });
  }
}

/** What a job that is given back waits for. */
export interface YieldOptions {
  /** `children`: it goes on when all its children have ended, whatever came of them. Default: as soon as it can. */
  until?: "children";
}

/** Throw it in a handler, or return it, to give the job back: it goes on later from its checkpoints, and no attempt failed. */
export class Yield extends Error {
  override readonly name = "Yield";

  /** What the job waits for. */
  readonly until: "children" | undefined;

  /** @param reason Text for people who debug; it is not sent. */
  constructor(reason = "The handler gave the job back.", options: YieldOptions = {}) {
    super(reason);
    this.until = options.until;
  }
}
