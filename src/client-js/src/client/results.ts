import { WorcrError } from "../errors/worcr-error.js";
import type { JobOutcome, JobRecord } from "../jobs/record.js";
import type { Surroundings } from "../time/surroundings.js";
import type { ApiAnswer } from "./request.js";
import type { Transport } from "./transport.js";

/** The server is asked to hold a request no longer than this; a longer wait is several requests. */
const LONGEST_HOLD = 30_000;

/** A server that answers "not yet" at once is not asked again sooner than this. */
const SHORTEST_ROUND = 250;

interface RunRequest {
  text: string;
  repeatable: boolean;
  wait: number;
  signal: AbortSignal | undefined;
}

interface ResultRequest {
  id: string;
  wait: number;
  signal: AbortSignal | undefined;
}

/** Enqueues and waits. @internal */
export async function finishedRun<Result>(transport: Transport, around: Surroundings, run: RunRequest): Promise<JobRecord<Result>> {
  const { text, repeatable, signal } = run;
  const until = around.now() + run.wait;
  const hold = Math.min(run.wait, LONGEST_HOLD);
  const path = `/jobs?wait=${Math.round(hold)}ms`;
  const first = await transport.send({ method: "POST", path, body: text, repeatable, wait: hold, signal });
  const job = first.body as JobRecord<Result>;
  if (first.status !== 202) return job;
  await held(transport, around, { id: job.id, until, signal }).catch(unlessEnded);
  return (await transport.send({ method: "GET", path: `/jobs/${job.id}`, repeatable: true, signal })).body as JobRecord<Result>;
}

/** Waits for a result. @internal */
export async function finishedResult<Result>(
  transport: Transport,
  around: Surroundings,
  request: ResultRequest,
): Promise<JobOutcome<Result>> {
  const until = around.now() + request.wait;
  return (await held(transport, around, { id: request.id, until, signal: request.signal }, true)).body as JobOutcome<Result>;
}

async function held(
  transport: Transport,
  around: Surroundings,
  what: { id: string; until: number; signal: AbortSignal | undefined },
  atLeastOnce = false,
): Promise<ApiAnswer> {
  const { id, until, signal } = what;
  for (let first = atLeastOnce; ; first = false) {
    const left = Math.max(0, until - around.now());
    if (left < 1 && !first) throw notFinished(id);
    const hold = Math.round(Math.min(left, LONGEST_HOLD));
    const path = `/jobs/${encodeURIComponent(id)}/result${hold > 0 ? `?wait=${hold}ms` : ""}`;
    const asked = around.now();
    const answer = await transport.send({ method: "GET", path, repeatable: true, wait: hold, signal });
    if (answer.status !== 202) return answer;
    if (hold > 0 && around.now() - asked < SHORTEST_ROUND) await new Promise<void>((resume) => void around.after(SHORTEST_ROUND, resume));
  }
}

/** A job that ended without a result has no result to show, but the whole job can be read. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof WorcrError) || ![404, 409, 410].includes(error.status)) throw error;
}

function notFinished(id: string): WorcrError {
  const detail = `Job ${id} had not finished in time.`;
  return new WorcrError({ status: 202, code: "not_finished", title: "The job has not finished.", detail });
}
