import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isOpen } from "./ports.mjs";

/** A RabbitMQ node, and the port mapper of Erlang that it needs, with all of their files in a folder of ours. */
export const rabbitmq = {
  debian: ["rabbitmq-server"],

  async start(site) {
    const folder = site.newFolder("rabbitmq");
    const [port, distribution, mapper] = [await freePort(), await freePort(), await freePort()];
    const epmd = site.program("epmd", { command: "epmd", args: ["-address", "127.0.0.1", "-port", String(mapper)] });
    await epmd.until(() => isOpen(mapper), "listening");
    const plugins = join(folder, "plugins");
    writeFileSync(plugins, "[].\n");
    const env = {
      HOME: folder,
      ERL_EPMD_PORT: String(mapper),
      ERL_EPMD_ADDRESS: "127.0.0.1",
      RABBITMQ_CONF_ENV_FILE: join(folder, "none"),
      RABBITMQ_CONFIG_FILE: join(folder, "none"),
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_LOG_BASE: join(folder, "log"),
      RABBITMQ_MNESIA_BASE: join(folder, "mnesia"),
      RABBITMQ_NODENAME: "peers@localhost",
      RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distribution),
    };
    const program = site.program("rabbitmq", { command: "/usr/lib/rabbitmq/bin/rabbitmq-server", args: [], env });
    await program.says(/completed with \d+ plugins/);
    await program.until(() => isOpen(port), "listening");
    return {
      address: `amqp://guest:guest@127.0.0.1:${port}`,
      async stop() {
        await program.stop();
        await epmd.stop();
      },
    };
  },
};
