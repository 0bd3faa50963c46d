import { WorcrError, type FieldError, type Problem } from "./worcr-error.js";

/** The error that an answer tells, whether or not it is a proper problem document. @internal */
export async function problemOf(response: Response, wallClock: number): Promise<WorcrError> {
  const body = parsed(await response.text().catch(() => ""));
  const title = text(body["title"]) ?? (response.statusText || `HTTP ${response.status}`);
  const problem: Problem = {
    status: response.status,
    code: text(body["code"]) ?? `http_${response.status}`,
    title,
    detail: text(body["detail"]),
    errors: fieldErrors(body["errors"]),
    ambiguous: response.status >= 500 && body["code"] !== "draining",
    retryAfter: retryAfter(response.headers.get("retry-after"), wallClock),
  };
  return new WorcrError(problem);
}

/** Milliseconds of a `Retry-After` header: seconds or a date. @internal */
export function retryAfter(header: string | null, wallClock: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallClock);
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: Partial<FieldError> | null) =>
    typeof each?.path === "string" ? [{ path: each.path, message: text(each.message) ?? "" }] : [],
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
