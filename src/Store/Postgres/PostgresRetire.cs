using Npgsql;
using static Worcr.Store.Postgres.PostgresDatabase;

namespace Worcr.Store.Postgres;

/// <summary>
/// Forgets what is old. A partition is detached concurrently before it is dropped, so that neither flushes nor readers wait; a retire that was cut off
/// in between is finished by the next one.
/// </summary>
internal sealed class PostgresRetire(NpgsqlConnection connection, Retire request)
{
    public async Task<RetireReport> RunAsync(CancellationToken cancel)
    {
        await ExecuteAsync(Sql["retire_lock"], cancel);
        try
        {
            var partitions = await PartitionsAsync(cancel);
            foreach (var partition in partitions) await DropAsync(partition, cancel);
            var locks = await ExecuteAsync(Sql["retire_locks"], cancel, PostgresValue.Of(request.Now));
            await ExecuteAsync(Sql["retire_last_lanes"], cancel);
            var lanes = await ExecuteAsync(Sql["retire_lanes"], cancel, PostgresValue.Of(request.BeforeDay));
            return new RetireReport(partitions.Count, locks, lanes);
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open)) await ExecuteAsync(Sql["retire_unlock"], CancellationToken.None);
        }
    }

    private async Task<List<Partition>> PartitionsAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql["retire_partitions"], connection);
        command.Parameters.Add(PostgresValue.Of(request.BeforeDay));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await RowsAsync(reader, r => new Partition(r.Text(0), r.Text(2), r.Bool(3), r.Bool(4)), cancel);
    }

    private async Task DropAsync(Partition partition, CancellationToken cancel)
    {
        if (partition.Table == PostgresDays.Finished) await ExecuteAsync(partition.In("retire_remember"), cancel);
        if (partition.Attached) await ExecuteAsync(partition.In(partition.Pending ? "retire_detach_finish" : "retire_detach"), cancel);
        await ExecuteAsync(partition.In("retire_drop"), cancel);
    }

    private async Task<int> ExecuteAsync(string text, CancellationToken cancel, params NpgsqlParameter[] values)
    {
        await using var command = new NpgsqlCommand(text, connection);
        foreach (var value in values) command.Parameters.Add(value);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    // The names come from the catalogue and match a fixed pattern.
    private sealed record Partition(string Table, string Name, bool Attached, bool Pending)
    {
        public string In(string statement) =>
            Sql[statement].Replace("{table}", Table, StringComparison.Ordinal).Replace("{partition}", Name, StringComparison.Ordinal);
    }
}
