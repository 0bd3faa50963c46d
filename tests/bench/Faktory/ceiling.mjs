// A server that does nothing but answer: PUSH is +OK, FETCH gets a job, ACK is +OK. What bench.mjs reaches against it is what its clients can do on this machine:
// node ceiling.mjs [PORT]
import net from "node:net";

const [port = "7420"] = process.argv.slice(2);
const ok = Buffer.from("+OK\r\n");
let jobs = 0;

function jobOf(queue) {
  const job = `{"jid":"job-${String(++jobs).padStart(12, "0")}","queue":"${queue}","jobtype":"nothing","args":[1,"some text"],"created_at":"2026-01-01T00:00:00.000Z","retry":25}`;
  return `$${job.length}\r\n${job}\r\n`;
}

net.createServer(socket => {
  let rest = "";
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", data => {
    const lines = (rest + data.toString("latin1")).split("\r\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("FETCH")) socket.write(jobOf(line.slice(6)));
      else if (line === "END") socket.end();
      else socket.write(ok);
    }
  });
  socket.write('+HI {"v":2}\r\n');
}).listen(Number(port), "127.0.0.1", () => console.log(`answers on tcp://127.0.0.1:${port}`));
