import { beanstalkd } from "./beanstalkd.mjs";
import { bullmq } from "./bullmq.mjs";
import { celery } from "./celery.mjs";
import { graphileWorker } from "./graphile-worker.mjs";
import { pgBoss } from "./pg-boss.mjs";
import { rabbitmq } from "./rabbitmq.mjs";
import { sidekiq } from "./sidekiq.mjs";
import { worcrOnPostgres, worcrOnSqlite } from "./worcr.mjs";

/** Worcr, once a store. */
export const worcrs = [worcrOnSqlite, worcrOnPostgres];

/** What a user could take instead. */
export const peers = [beanstalkd, bullmq, sidekiq, graphileWorker, pgBoss, rabbitmq, celery];

/** All of them, in the order in which they take their turns. */
export const contenders = [...worcrs, ...peers];

/** The one with this key. */
export function contender(key) {
  return contenders.find((one) => one.key === key) ?? missing(key);
}

function missing(key) {
  throw new Error(`there is no contender '${key}'; there are: ${contenders.map((one) => one.key).join(", ")}`);
}
