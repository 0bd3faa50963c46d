/**
 * Opens a contender that stands on a Redis of its own.
 * @param site where servers run
 * @param {(redis: import("ioredis").Redis) => Promise<number>} remaining counts the jobs that have not ended
 * @param {number} database number of the Redis database
 */
export async function openRedis(site, remaining, database = 0) {
  const server = await site.fresh("redis");
  const { Redis } = await import("ioredis");
  const address = `${server.address}/${database}`;
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  return {
    address,
    remaining: () => remaining(redis),
    async close() {
      redis.disconnect();
      await server.stop();
    },
  };
}
