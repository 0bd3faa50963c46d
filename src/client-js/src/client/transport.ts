import { problemOf } from "../errors/problem.js";
import { WorcrError } from "../errors/worcr-error.js";
import { fullJitter } from "../time/backoff.js";
import type { Surroundings } from "../time/surroundings.js";
import { networkFailure } from "./network-failure.js";
import type { ResolvedClientOptions } from "./options.js";
import type { ApiAnswer, ApiRequest } from "./request.js";

/** Sends requests and repeats those that may be repeated. @internal */
export class Transport {
  constructor(
    private readonly options: ResolvedClientOptions,
    private readonly around: Surroundings,
  ) {}

  /** The answer, after as many tries as the options allow. Throws a {@link WorcrError}, or the signal's reason. */
  async send(request: ApiRequest): Promise<ApiAnswer> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.once(request);
      } catch (error) {
        const wait = this.waitBefore(retry, request, error);
        if (wait === undefined) throw error;
        await this.pause(wait, request.signal);
      }
    }
  }

  private async once(request: ApiRequest): Promise<ApiAnswer> {
    const limit = this.limitOf(request);
    try {
      const response = await this.exchange(request, limit.signal);
      if (!response.ok) throw await problemOf(response, this.around.wallClock());
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    } catch (error) {
      if (error instanceof WorcrError) throw error;
      request.signal?.throwIfAborted();
      throw networkFailure(request, error, limit.signal.aborted);
    } finally {
      limit.release();
    }
  }

  private async exchange(request: ApiRequest, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { accept: "application/json" };
    const key = await this.options.key();
    if (key !== undefined && key !== "") headers["authorization"] = `Bearer ${key}`;
    if (request.body !== undefined) headers["content-type"] = request.contentType ?? "application/json";
    const init: RequestInit = { method: request.method, headers, signal };
    if (request.body !== undefined) init.body = request.body;
    return this.options.fetch(this.options.base + request.path, init);
  }

  private limitOf(request: ApiRequest): { signal: AbortSignal; release: () => void } {
    const controller = new AbortController();
    const abort = () => controller.abort(request.signal?.reason);
    if (request.signal?.aborted) abort();
    request.signal?.addEventListener("abort", abort, { once: true });
    const cancel = this.around.after(this.options.requestTimeout + (request.wait ?? 0), () => controller.abort());
    const release = () => {
      cancel();
      request.signal?.removeEventListener("abort", abort);
    };
    return { signal: controller.signal, release };
  }

  private waitBefore(retry: number, request: ApiRequest, error: unknown): number | undefined {
    if (!(error instanceof WorcrError) || retry >= this.options.retries || !mayRepeat(request, error)) return undefined;
    if (error.retryAfter !== undefined) return error.retryAfter <= this.options.retryCap ? error.retryAfter : undefined;
    return fullJitter(retry, { base: this.options.retryBase, cap: this.options.retryCap }, this.around.random);
  }

  private pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.around.after(ms, () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      });
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop, { once: true });
    });
  }
}

function mayRepeat(request: ApiRequest, error: WorcrError): boolean {
  if (error.ambiguous && !request.repeatable) return false;
  if (error.status === 429 || error.status === 503) return request.patient ?? true;
  return error.status === 0;
}
