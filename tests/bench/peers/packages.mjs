import { execFileSync } from "node:child_process";
import { servers } from "./servers/index.mjs";

/** The Debian packages that these contenders need and that are not installed. */
export function missingPackages(contenders) {
  const needed = new Set(contenders.flatMap((one) => [...(one.debian ?? []), ...one.servers.flatMap((server) => servers[server].debian)]));
  if (needed.size === 0) return [];
  const installed = new Set(execFileSync("dpkg-query", ["-W", "-f", "${db:Status-Status} ${Package}\n"], { encoding: "utf8" })
    .split("\n").filter((line) => line.startsWith("installed ")).map((line) => line.slice("installed ".length)));
  return [...needed].filter((name) => !installed.has(name));
}
