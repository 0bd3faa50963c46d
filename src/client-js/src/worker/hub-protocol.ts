import { JsonHubProtocol, type HubMessage, type ILogger } from "@microsoft/signalr";

const INVOCATION = 1;
const COMPLETION = 3;
const REJECTED = "\u0001";
const END = "\u001e";

/** JSON that is text already: the arguments of a call, without their brackets. @internal */
export class RawArguments {
  constructor(readonly json: string) {}
}

/**
 * SignalR's JSON protocol with two additions: reports go out as the text they were made as (so that sending one again sends
 * the same bytes, and none is serialised twice), and an error that the server answered can be told from one of the line.
 * @internal
 */
export class WorkerHubProtocol extends JsonHubProtocol {
  override parseMessages(input: string, logger: ILogger): HubMessage[] {
    const messages = super.parseMessages(input, logger);
    for (const message of messages) {
      if (message.type === COMPLETION && message.error) (message as { error: string }).error = REJECTED + message.error;
    }
    return messages;
  }

  override writeMessage(message: HubMessage): string {
    if (message.type !== INVOCATION || !(message.arguments[0] instanceof RawArguments)) return super.writeMessage(message);
    const id = message.invocationId === undefined ? "" : `"invocationId":"${message.invocationId}",`;
    return `{"type":1,${id}"target":"${message.target}","arguments":[${message.arguments[0].json}]}${END}`;
  }
}

/** A call that the server refused. @internal */
export interface Rejection {
  /** The server's words: `code: field: detail`, or `code: detail`. */
  readonly text: string;
  /** True when the very same call may go through later. */
  readonly transient: boolean;
  /** True when the call itself is wrong, so that trying it again is useless. */
  readonly faulty: boolean;
}

const TRANSIENT = new Set(["overloaded", "draining", "unavailable"]);

/** What the server said when it refused a call; undefined when the call failed for another reason. @internal */
export function rejectionOf(error: unknown): Rejection | undefined {
  if (!(error instanceof Error) || !error.message.startsWith(REJECTED)) return undefined;
  const text = error.message.slice(1).replace(/^.*?HubException: /, "");
  const code = /^([a-z_]+): /.exec(text)?.[1];
  const transient = code !== undefined && TRANSIENT.has(code);
  return { text, transient, faulty: code !== undefined && code !== "internal" && !transient };
}
