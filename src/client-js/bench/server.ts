import { WebSocketServer, type WebSocket } from "ws";

const END = "\u001e";
const RUN_JOBS = 250;

/** Feeds one worker: keeps `slots + ahead` jobs with it until `total` are reported. Runs in a process of its own. */
class Feeder {
  private sent = 0;
  private reported = 0;
  private shaken = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly total: number,
    private readonly window: number,
  ) {
    socket.on("message", (data) => this.read(String(data)));
  }

  private read(data: string): void {
    for (const text of data.split(END)) if (text !== "") this.receive(text);
  }

  private receive(text: string): void {
    if (!this.shaken) {
      this.shaken = true;
      this.socket.send(`{}${END}`);
      return;
    }
    const message = JSON.parse(text);
    if (message.target === "Register") this.register(message.invocationId);
    else if (message.target === "Report") this.report(message.invocationId, message.arguments[0].length);
  }

  private register(id: string): void {
    this.socket.send(`{"type":3,"invocationId":"${id}","result":{"session":1,"accepted":[],"heartbeat":5000}}${END}`);
    this.feed();
  }

  private report(id: string, count: number): void {
    this.reported += count;
    this.socket.send(`{"type":3,"invocationId":"${id}","result":[${Array(count).fill('"ok"').join(",")}]}${END}`);
    this.feed();
  }

  private feed(): void {
    for (let room = this.room(); room > 0; room = this.room()) this.run(Math.min(room, RUN_JOBS));
  }

  private room(): number {
    return Math.min(this.window - (this.sent - this.reported), this.total - this.sent);
  }

  private run(count: number): void {
    const jobs = Array.from({ length: count }, () => jobText(this.sent++));
    this.socket.send(`{"type":1,"target":"Run","arguments":[[${jobs.join(",")}]]}${END}`);
  }
}

function jobText(n: number): string {
  const id = n.toString(16).padStart(12, "0");
  const head = `{"id":"01933b5e-7000-7000-8000-${id}","lease":"${id}-1","type":"noop"`;
  return `${head},"args":{"n":${n}},"tenant":"t${n % 100}","attempt":1,"timeout":"30s"}`;
}

const [total, window] = process.argv.slice(2).map(Number);
const server: WebSocketServer = new WebSocketServer({ port: 0, host: "127.0.0.1" }, ready);
server.on("connection", (socket) => new Feeder(socket, total!, window!));
function ready(): void {
  process.send!((server.address() as { port: number }).port);
}

process.on("disconnect", () => process.exit());
