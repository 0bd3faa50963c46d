import { connect } from "node:net";

/** One TCP connection to a server that answers in order. Any number of requests may be under way. */
export class Wire {
  #waiting = [];
  #buffer = Buffer.alloc(0);
  #parse;

  /**
   * @param {URL} address
   * @param {(buffer: Buffer) => { used: number, value: unknown } | undefined} parse takes one answer off the front; undefined when it is not whole yet
   */
  static async open(address, parse) {
    const socket = connect({ host: address.hostname, port: Number(address.port), noDelay: true });
    await new Promise((done, failed) => socket.once("connect", done).once("error", failed));
    return new Wire(socket, parse);
  }

  /** @private */
  constructor(socket, parse) {
    this.socket = socket;
    this.#parse = parse;
    const end = (error) => this.#waiting.splice(0).forEach((one) => one.failed(error));
    socket.on("data", (data) => this.#take(data)).on("error", end).on("close", () => end(new Error("The server closed the connection.")));
  }

  /** Sends bytes that hold so many requests; resolves with the last answer. */
  send(bytes, requests = 1) {
    const answers = Array.from({ length: requests }, () => this.#answer());
    this.socket.write(bytes);
    return requests === 1 ? answers[0] : Promise.all(answers).then((all) => all.at(-1));
  }

  close() {
    this.socket.destroy();
  }

  #answer() {
    return new Promise((done, failed) => this.#waiting.push({ done, failed }));
  }

  #take(data) {
    this.#buffer = this.#buffer.length > 0 ? Buffer.concat([this.#buffer, data]) : data;
    try {
      for (let answer; this.#buffer.length > 0 && (answer = this.#parse(this.#buffer)) !== undefined; ) {
        this.#buffer = this.#buffer.subarray(answer.used);
        this.#waiting.shift()?.done(answer.value);
      }
    } catch (error) {
      this.socket.destroy(error);
    }
  }
}
