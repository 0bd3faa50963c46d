import type { JobPage, JobQuery, JobRecord, LogLine } from "../jobs/record.js";

/** The query part of an address, with its question mark; empty when nothing is asked for. @internal */
export function queryText(query: JobQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Walks the pages of a query. @internal */
export async function* eachJob(query: JobQuery, page: (query: JobQuery) => Promise<JobPage>): AsyncGenerator<JobRecord> {
  let cursor = query.cursor;
  do {
    const answer = await page(cursor === undefined ? query : { ...query, cursor });
    yield* answer.jobs;
    cursor = answer.next ?? undefined;
  } while (cursor !== undefined);
}

/** All log lines of a job, page by page. @internal */
export async function allLines(page: (cursor: string) => Promise<unknown>): Promise<LogLine[]> {
  const all: LogLine[] = [];
  for (let cursor = ""; ; ) {
    const { lines, next } = (await page(cursor)) as { lines: LogLine[]; next?: number | string | null };
    for (const line of lines) all.push(line);
    if (next === undefined || next === null) return all;
    cursor = `?skip=${encodeURIComponent(next)}`;
  }
}
