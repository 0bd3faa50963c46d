import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { WorkerHubProtocol } from "./hub-protocol.js";
import type { Job } from "./job.js";

/** What the server calls. @internal */
export interface HubCalls {
  run(jobs: Job[]): void;
  interrupt(lease: string): void;
  cancel(lease: string): void;
  drain(reason: string): void;
}

const SERVER_SILENCE = 30_000;
const KEEP_ALIVE = 10_000;

/** A connection to the worker hub, not yet started: WebSocket only, no negotiation. @internal */
export function openHub(address: string, token: () => string | Promise<string>, calls: HubCalls): HubConnection {
  const connection = new HubConnectionBuilder()
    .withUrl(address, { transport: HttpTransportType.WebSockets, skipNegotiation: true, accessTokenFactory: token })
    .withHubProtocol(new WorkerHubProtocol())
    .configureLogging(LogLevel.None)
    .withServerTimeout(SERVER_SILENCE)
    .withKeepAliveInterval(KEEP_ALIVE)
    .build();
  connection.on("Run", calls.run);
  connection.on("Interrupt", calls.interrupt);
  connection.on("Cancel", calls.cancel);
  connection.on("Drain", calls.drain);
  return connection;
}
