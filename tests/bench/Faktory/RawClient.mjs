import net from "node:net";

/** One connection that costs as little as Node allows: whole commands in, whole replies out, answered in order. It says what a server can do, not what a client can. */
export class RawClient {
  #socket;
  #waiting = [];
  #rest = "";

  static async open(url, wid) {
    const client = new RawClient();
    const { hostname, port, password } = new URL(url);
    if (password) throw new Error("The raw client knows no passwords.");
    const hi = client.#reply();
    client.#socket = net.connect({ port: Number(port), host: hostname, noDelay: true });
    client.#socket.on("data", data => client.#take(data));
    client.#socket.on("error", error => client.#fail(error));
    client.#socket.on("close", () => client.#fail(new Error("The server has closed the connection.")));
    await hi;
    await client.call(`HELLO {"v":2${wid ? `,"wid":"${wid}","hostname":"bench","pid":${process.pid},"labels":[]` : ""}}`);
    return client;
  }

  /** Sends a command; its reply as text, null for none. */
  call(command) {
    this.#socket.write(command + "\r\n", "latin1");
    return this.#reply();
  }

  close() {
    this.#socket.removeAllListeners("close").destroy();
  }

  #reply() {
    return new Promise((done, failed) => this.#waiting.push({ done, failed }));
  }

  #take(data) {
    let text = this.#rest + data.latin1Slice();
    while (text.length > 0) {
      const end = text.indexOf("\r\n");
      if (end < 0) break;
      const head = text.slice(1, end);
      let next = end + 2;
      let value = head;
      if (text[0] === "$") {
        const length = Number(head);
        if (text.length < next + length + 2) break;
        value = length < 0 ? null : text.slice(next, next + length);
        next += length < 0 ? 0 : length + 2;
      }

      const { done, failed } = this.#waiting.shift();
      if (text[0] === "-") failed(new Error(head));
      else done(value);
      text = text.slice(next);
    }

    this.#rest = text;
  }

  #fail(error) {
    for (const { failed } of this.#waiting.splice(0)) failed(error);
  }
}
