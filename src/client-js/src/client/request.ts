/** One call of the API. @internal */
export interface ApiRequest {
  /** HTTP method. */
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path below `/v1`, with its query. */
  path: string;
  /** Body text. */
  body?: string | undefined;
  /** Media type of the body. Default: JSON. */
  contentType?: string | undefined;
  /** May be repeated when nobody knows whether it was carried out. */
  repeatable: boolean;
  /** May be repeated on 429 and 503. Default: true. */
  patient?: boolean | undefined;
  /** How long the server may keep us waiting on purpose, in milliseconds. */
  wait?: number | undefined;
  /** Ends the call early. */
  signal?: AbortSignal | undefined;
}

/** What came back. @internal */
export interface ApiAnswer {
  /** HTTP status, 200 to 299. */
  status: number;
  /** The parsed body; undefined when there was none. */
  body: unknown;
}
