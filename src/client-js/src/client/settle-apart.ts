import { WorcrError } from "../errors/worcr-error.js";
import type { SendJobs, Waiting } from "./batcher.js";

/** Under overload, how often a refused batch is halved: more would add to the load. */
const HALVINGS_UNDER_OVERLOAD = 4;
/** So often the server's word on which job is bad is taken, one job at a time, before the batch is halved. */
const MOST_HINTS = 8;

/** How a batch came to be sent on its own. */
interface Trail {
  halvings: number;
  hints: number;
}

/**
 * A batch was refused as a whole, perhaps for one bad job: takes out the job that the server names, or halves the batch until
 * the bad ones stand alone, so that each error reaches only its own caller and all other jobs are stored.
 * @internal
 */
export async function settleApart(
  jobs: readonly Waiting[],
  error: unknown,
  send: SendJobs,
  trail: Trail = { halvings: 0, hints: 0 },
): Promise<void> {
  if (jobs.length === 1 || !concernsOneJob(error, trail)) return jobs.forEach((job) => job.reject(error));
  const culprit = trail.hints < MOST_HINTS ? namedJob(error, jobs.length) : undefined;
  if (culprit !== undefined) {
    jobs[culprit]!.reject(ownError(error as WorcrError, culprit));
    return trySome(jobs.filter((_, index) => index !== culprit), send, { ...trail, hints: trail.hints + 1 });
  }
  const middle = jobs.length >> 1;
  const halved = { ...trail, halvings: trail.halvings + 1 };
  await trySome(jobs.slice(0, middle), send, halved);
  await trySome(jobs.slice(middle), send, halved);
}

async function trySome(jobs: readonly Waiting[], send: SendJobs, trail: Trail): Promise<void> {
  try {
    const answers = await send(jobs, false);
    jobs.forEach((job, index) => job.resolve(answers[index]!));
  } catch (error) {
    await settleApart(jobs, error, send, trail);
  }
}

function concernsOneJob(error: unknown, trail: Trail): boolean {
  if (!(error instanceof WorcrError) || error.status < 400 || error.status > 499 || error.status === 401) return false;
  return error.status !== 429 || trail.halvings < HALVINGS_UNDER_OVERLOAD;
}

function namedJob(error: unknown, count: number): number | undefined {
  const index = /^\[(\d+)\]/.exec((error as WorcrError).field ?? "")?.[1];
  return index !== undefined && Number(index) < count ? Number(index) : undefined;
}

/** The error as it would be had the job been sent alone: without the place in the batch, and without other jobs' fields. */
function ownError(error: WorcrError, index: number): WorcrError {
  const place = `[${index}]`;
  const own = error.errors.filter((each) => each.path.startsWith(place));
  const errors = own.map((each) => ({ path: each.path.slice(place.length).replace(/^\./, ""), message: each.message }));
  return new WorcrError({ ...error, errors, detail: error.detail?.replaceAll(`${place}.`, "") });
}
