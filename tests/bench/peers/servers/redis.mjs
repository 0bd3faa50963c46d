import { freePort, isOpen } from "./ports.mjs";

/** Redis that keeps an append-only file and syncs it once a second: its usual promise. */
export const redis = {
  debian: ["redis-server"],

  async start(site) {
    const port = await freePort();
    const durable = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"];
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", site.newFolder("redis"), ...durable];
    const program = site.program("redis", { command: "redis-server", args });
    await program.until(() => isOpen(port), "listening");
    return { address: `redis://127.0.0.1:${port}`, stop: () => program.stop() };
  },
};
