import { beanstalkd } from "./beanstalkd.mjs";
import { postgres } from "./postgres.mjs";
import { rabbitmq } from "./rabbitmq.mjs";
import { redis } from "./redis.mjs";
import { silo } from "./silo.mjs";

/** The servers that contenders stand on: each has `debian`, the packages it comes in, and `start`. */
export const servers = { beanstalkd, postgres, rabbitmq, redis, silo };
