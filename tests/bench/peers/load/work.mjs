// A worker process with handlers that do nothing, until SIGTERM: node work.mjs ORDER (JSON, see measures/order.mjs).
import { contender } from "../contenders/index.mjs";
import { Tally } from "./tally.mjs";

const order = JSON.parse(process.argv[2]);
const tally = new Tally(order.tallies);
process.once("SIGTERM", () => {
  tally.close();
  process.exit(0);
});
await contender(order.contender).work(order.address, order.setting, tally);
