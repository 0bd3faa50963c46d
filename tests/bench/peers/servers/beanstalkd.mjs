import { freePort, isOpen } from "./ports.mjs";

/** beanstalkd with a binlog that it syncs once a second: the same promise as that of Redis. */
export const beanstalkd = {
  debian: ["beanstalkd"],

  async start(site) {
    const port = await freePort();
    const args = ["-l", "127.0.0.1", "-p", String(port), "-b", site.newFolder("beanstalkd"), "-f", "1000"];
    const program = site.program("beanstalkd", { command: "beanstalkd", args });
    await program.until(() => isOpen(port), "listening");
    return { address: `beanstalk://127.0.0.1:${port}`, stop: () => program.stop() };
  },
};
