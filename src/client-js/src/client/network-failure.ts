import { WorcrError } from "../errors/worcr-error.js";
import type { ApiRequest } from "./request.js";

/** Failures in which no byte of the request can have reached a server. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** The error for a request that got no answer. @internal */
export function networkFailure(request: ApiRequest, error: unknown, timedOut: boolean): WorcrError {
  const ambiguous = !neverSent(error) && request.method !== "GET";
  const what = `${request.method} ${request.path}`;
  if (timedOut) return new WorcrError({ status: 0, code: "request_timeout", title: `${what} took too long.`, ambiguous }, { cause: error });
  const detail = `${what} got no answer: ${reasonOf(error)}`;
  return new WorcrError({ status: 0, code: "network", title: "The server could not be reached.", detail, ambiguous }, { cause: error });
}

function neverSent(error: unknown): boolean {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } } | null)?.cause;
  const codes = cause?.errors?.map((each) => each.code) ?? [cause?.code];
  return codes.length > 0 && codes.every((code) => typeof code === "string" && NEVER_SENT.has(code));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return cause === "" ? error.message : cause;
}
