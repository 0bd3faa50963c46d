/**
 * Opens a contender that stands on the PostgreSQL of the run.
 * @param site where servers run
 * @param {(client: import("pg").Client, address: string) => Promise<void>} empty makes its tables, without a job in them
 * @param {string} count the statement that counts the jobs that have not ended
 */
export async function openPostgres(site, empty, count) {
  const { address } = await site.shared("postgres");
  const { default: pg } = await import("pg");
  const client = new pg.Client(address);
  await client.connect();
  await empty(client, address);
  await client.query("checkpoint");
  return {
    address,
    remaining: async () => Number((await client.query(count)).rows[0].count),
    close: () => client.end(),
  };
}
