const emptyLine = "\r\n\r\n";

/** The bytes of a POST over a connection that is kept. */
export function post(address, path, type, body) {
  return `POST ${path} HTTP/1.1\r\nHost: ${address.host}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}${emptyLine}${body}`;
}

/** Takes one HTTP answer off a buffer; looks only at what frames it and at its status. A client library costs several times as much. */
export function parseHttp(buffer) {
  const end = buffer.indexOf(emptyLine);
  if (end < 0) return undefined;
  const head = buffer.toString("latin1", 0, end + 2).toLowerCase();
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/.exec(head);
  const used = length ? end + 4 + Number(length[1]) : endOfChunks(buffer, end + 4);
  if (used === undefined || buffer.length < used) return undefined;
  if (status < 200 || status > 299) throw new Error(`HTTP ${status}: ${buffer.toString("utf8", end + 4, used)}`);
  return { used, value: status };
}

function endOfChunks(buffer, start) {
  for (let at = start; ; ) {
    const line = buffer.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = parseInt(buffer.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (size === 0) return at;
  }
}
