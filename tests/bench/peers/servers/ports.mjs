import { connect, createServer } from "node:net";

/** A port of loopback that nobody listens on. */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Whether somebody listens there. */
export function isOpen(port) {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
