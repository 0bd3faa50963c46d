const withBody = new Set(["RESERVED", "OK"]);

/** Takes one answer of beanstalkd off a buffer. Anything but what a healthy server says is an error. */
export function parseBeanstalk(buffer) {
  const end = buffer.indexOf("\r\n");
  if (end < 0) return undefined;
  const words = buffer.toString("latin1", 0, end).split(" ");
  if (!["INSERTED", "RESERVED", "DELETED", "OK"].includes(words[0])) throw new Error(`beanstalkd answered ${words.join(" ")}`);
  if (!withBody.has(words[0])) return { used: end + 2, value: { words } };
  const used = end + 2 + Number(words.at(-1)) + 2;
  return buffer.length < used ? undefined : { used, value: { words, body: buffer.toString("utf8", end + 2, used - 2) } };
}
