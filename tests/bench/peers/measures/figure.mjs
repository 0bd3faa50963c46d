import { quietMachine } from "../quiet.mjs";

/** A figure that `worcr bench` measures itself: asked for by its letter, read from its JSON. */
export async function figure(site, { contender, setting }) {
  const busy = await quietMachine();
  const database = contender.store === "postgres" ? ["--database-url", (await site.shared("postgres")).address] : [];
  const args = [site.worcr, "bench", "--store", contender.store, ...database, "--only", setting.figure, "--json", ...(site.isSmoke ? ["--quick"] : [])];
  const { figures } = JSON.parse(await site.program("worcr-bench", { command: "dotnet", args }).result());
  const skipped = figures.find((one) => one.skipped);
  if (skipped || figures.length === 0) throw new Error(`worcr bench skipped ${setting.figure}: ${skipped?.skipped}`);
  return { values: Object.fromEntries(figures.map((one) => [one.name, one.median])), busy };
}
