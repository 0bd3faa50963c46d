import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { FakeHubConnection, type Call } from "./hub-connection.js";
import { Mailbox } from "./mailbox.js";

/** A silo as far as a worker sees it. */
export class FakeHub {
  readonly connections = new Mailbox<FakeHubConnection>();
  readonly requests: IncomingMessage[] = [];
  /** Answers of every connection, unless it sets its own. */
  answers: Record<string, (call: Call) => unknown> = {
    Register: () => ({ session: "s1", accepted: [], heartbeat: 60_000 }),
    Report: (call) => call.args[0].map(() => "ok"),
    Checkpoint: () => "ok",
    Acquire: () => true,
    Extend: () => "ok",
    Leave: () => null,
  };

  private constructor(private readonly server: WebSocketServer) {
    server.on("connection", (socket, request) => {
      this.requests.push(request);
      const connection = new FakeHubConnection(socket);
      connection.answers = { ...this.answers };
      this.connections.put(connection);
    });
  }

  /** On a port of its own, or on a server that is there. */
  static async start(on?: { server: Server }): Promise<FakeHub> {
    if (on !== undefined) return new FakeHub(new WebSocketServer(on));
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    return new FakeHub(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next connection, once its worker has registered. */
  async registered(): Promise<{ connection: FakeHubConnection; register: Call }> {
    const connection = await this.connections.take("a connection");
    const register = await connection.calls.take("Register", (call) => call.target === "Register");
    return { connection, register };
  }

  async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
