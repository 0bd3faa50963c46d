using Npgsql;
using Worcr.Store.Image;
using Worcr.Store.Journal;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>
/// Reads what a dispatcher starts from, in one transaction that no flush of the namespace can overtake. Two round trips: first strands, journal and
/// resources, then the jobs and lanes that these speak of.
/// </summary>
internal sealed class PostgresLoad(NpgsqlConnection connection, Ownership ownership, LaneCache lanes)
{
    public async Task<NamespaceState> ReadAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var sum = new JournalSum();
        var ns = Of(ownership.NamespaceId);
        await using var first = Batch(
            Statement("fence_alone", ns, Of(ownership.Silo), Of(ownership.Epoch)),
            Statement("load_strands", Of(ownership.FirstId), Of(ownership.EndId)),
            Statement("load_journal", Of(ownership.NamespaceId)),
            Statement("load_resources", Of(ownership.NamespaceId)),
            Statement("load_last", Of(ownership.NamespaceId), Of(ownership.FirstId), Of(ownership.EndId)));
        List<ResourceChange> resources;
        long lastSeq, lastLane;
        await using (var reader = await first.ExecuteReaderAsync(cancel))
        {
            var row = new PostgresRow(reader);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) sum.AddCount(row.Long(0), row.Int(1), row.Long(2));
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) sum.AddRow(row.Long(0), row.Bytes(1), row.Bytes(2), row.Bytes(3));
            await reader.NextResultAsync(cancel);
            resources = await RowsAsync(reader, PostgresRows.Resource, cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            (lastSeq, lastLane) = (row.Long(0), row.Long(1));
        }

        var jobs = await ListAsync(Statement("read_leased", Of([.. sum.Leases.Keys])), PostgresRows.Job, cancel);
        var open = sum.Open(jobs);
        var names = new NamePool();
        var records = await ListAsync(Statement("read_lanes", Of(sum.LaneIds(open))), row => PostgresRows.Lane(row, names), cancel);
        await transaction.CommitAsync(cancel);
        lanes.Complete(open.Select(l => l.Job), JournalSum.LanesOf(open, records));
        return sum.With(lastSeq, lastLane, open, records, resources);
    }

    private NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> statements)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return batch;
    }

    private async Task<List<T>> ListAsync<T>(NpgsqlBatchCommand statement, Func<PostgresRow, T> row, CancellationToken cancel)
    {
        await using var batch = Batch(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await RowsAsync(reader, row, cancel);
    }
}
