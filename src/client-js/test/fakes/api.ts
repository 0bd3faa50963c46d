import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the fake server got it. */
export interface Got {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body, when it is JSON; the lines, when it is NDJSON. */
  body: any;
}

/** What the fake server answers: `cut` breaks the connection instead. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown } | "cut";

/** A silo as far as a client sees it. */
export class FakeApi {
  readonly requests: Got[] = [];
  reply: (got: Got) => Reply | Promise<Reply> = (got) => ({ status: 201, body: stored(got.body) });

  private constructor(private readonly server: Server) {
    server.on("request", async (request, response) => {
      const text = (await request.toArray()).join("");
      const got: Got = { method: request.method!, url: request.url!, headers: request.headers, text, body: bodyOf(request.headers, text) };
      this.requests.push(got);
      send(response, await this.reply(got));
    });
  }

  static async start(test: { after(run: () => Promise<void>): void }): Promise<FakeApi> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const api = new FakeApi(server);
    test.after(() => api.stop());
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** The answer to an enqueue: ids are `id-` and the job's `args.n`. */
export function stored(body: any): unknown {
  const one = (job: any) => ({ id: job.id ?? `id-${job.args?.n}`, state: "ready", duplicate: false });
  return Array.isArray(body) ? body.map(one) : one(body);
}

function bodyOf(headers: IncomingHttpHeaders, text: string): unknown {
  if (text === "") return undefined;
  if (headers["content-type"] !== "application/x-ndjson") return JSON.parse(text);
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "cut") return void response.destroy();
  response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
  response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
}
