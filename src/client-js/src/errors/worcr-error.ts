/** One bad field of a request. */
export interface FieldError {
  /** Where, for example `retry.base`. */
  path: string;
  /** What is wrong with it. */
  message: string;
}

/** What a {@link WorcrError} is made of. */
export interface Problem {
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** Stable word for programs. */
  code: string;
  /** Short text for people. */
  title: string;
  /** What happened in this case. */
  detail?: string | undefined;
  /** Bad fields. */
  errors?: FieldError[] | undefined;
  /** When to try again, in milliseconds from now. */
  retryAfter?: number | undefined;
  /** True when the request may have been carried out. */
  ambiguous?: boolean | undefined;
}

/** A request that the server refused, or that got no answer. Carries what RFC 9457 `application/problem+json` told. */
export class WorcrError extends Error {
  override readonly name = "WorcrError";
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Stable word for programs; of this SDK: `network`, `request_timeout`, `not_finished`, `stopped`, `lease_lost`, `hub_rejected`. */
  readonly code: string;
  /** Short text for people. */
  readonly title: string;
  /** What happened in this case. */
  readonly detail: string | undefined;
  /** Path of the first bad field. */
  readonly field: string | undefined;
  /** All bad fields; empty when the request as a whole was refused. */
  readonly errors: readonly FieldError[];
  /** When to try again, in milliseconds from the moment of the error. */
  readonly retryAfter: number | undefined;
  /** True when nobody knows whether the request was carried out: it got no answer, or the server failed on the way. */
  readonly ambiguous: boolean;
  /** Of `enqueueMany`: how many jobs of the input were stored before this error. */
  enqueued = 0;

  /** Made by the SDK; of use to you in tests. */
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.field = this.errors[0]?.path;
    this.retryAfter = problem.retryAfter;
    this.ambiguous = problem.ambiguous ?? false;
  }
}
