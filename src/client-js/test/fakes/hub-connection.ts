import type { WebSocket } from "ws";
import { Mailbox } from "./mailbox.js";

const END = "\u001e";

/** One call that a worker made. */
export interface Call {
  target: string;
  args: any[];
  id: string | undefined;
}

/** The server's side of one connection, speaking SignalR's JSON hub protocol. */
export class FakeHubConnection {
  readonly calls = new Mailbox<Call>();
  readonly closed: Promise<void>;
  /** Answers calls by target; what has no entry waits for `answer`. */
  answers: Record<string, (call: Call) => unknown> = {};
  private shaken = false;

  constructor(private readonly socket: WebSocket) {
    socket.on("message", (data) => this.read(String(data)));
    this.closed = new Promise((resolve) => socket.on("close", () => resolve()));
  }

  /** Calls the worker. */
  call(target: string, ...args: unknown[]): void {
    this.write({ type: 1, target, arguments: args });
  }

  answer(call: Call, result: unknown): void {
    if (call.id !== undefined) this.write({ type: 3, invocationId: call.id, result });
  }

  refuse(call: Call, error: string): void {
    this.write({ type: 3, invocationId: call.id, error });
  }

  /** Cuts the line without a word. */
  cut(): void {
    this.socket.terminate();
  }

  private write(message: unknown): void {
    this.socket.send(JSON.stringify(message) + END);
  }

  private read(data: string): void {
    for (const text of data.split(END)) if (text !== "") this.receive(JSON.parse(text));
  }

  private receive(message: any): void {
    if (!this.shaken) {
      this.shaken = true;
      this.socket.send(`{}${END}`);
    } else if (message.type === 1) {
      this.called({ target: message.target, args: message.arguments, id: message.invocationId });
    }
  }

  private called(call: Call): void {
    const answer = this.answers[call.target];
    if (answer !== undefined) this.reply(call, answer);
    this.calls.put(call);
  }

  private reply(call: Call, answer: (call: Call) => unknown): void {
    try {
      const result = answer(call);
      if (result !== HOLD) this.answer(call, result);
    } catch (error) {
      this.refuse(call, (error as Error).message);
    }
  }
}

/** What an answer returns to leave its call open. */
export const HOLD = Symbol("hold");
