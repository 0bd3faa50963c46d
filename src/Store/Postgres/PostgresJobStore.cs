using Npgsql;
using Worcr.Store.Image;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>
/// The store on PostgreSQL, shared by any number of silos. A flush is one <c>NpgsqlBatch</c>: one round trip, one implicit transaction, every part one set-based
/// statement over arrays. Reads take a connection each; two flushes of a namespace take two.
/// </summary>
public sealed partial class PostgresJobStore : IJobStore
{
    private const int RowsAPage = 50_000;
    private readonly PostgresDatabase _database;
    private readonly PostgresDays _days;
    private readonly LaneCache _lanes = new();

    /// <summary>Tells lines of one millisecond apart: appends take a connection each, and may end in another order than they began.</summary>
    private long _linesAppended;

    /// <summary>Opens nothing yet; connections are made when needed.</summary>
    public PostgresJobStore(NpgsqlConnectionStringBuilder connection)
    {
        _database = new PostgresDatabase(NpgsqlDataSource.Create(connection));
        _days = new PostgresDays(_database);
    }

    /// <inheritdoc />
    public async Task<MigrationReport> MigrateAsync(CancellationToken cancel)
    {
        await using var connection = await _database.OpenAsync(cancel);
        try
        {
            return await PostgresMigrations.RunAsync(connection, cancel);
        }
        catch (Exception e) when (PostgresErrors.OfWriting(e, null) is not null)
        {
            throw PostgresErrors.OfWriting(e, null)!;
        }
    }

    /// <inheritdoc />
    public Task PingAsync(CancellationToken cancel) => _database.ListAsync(Statement("ping"), row => row.Int(0), cancel);

    /// <inheritdoc />
    public async Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel)
    {
        if (request.Held is { } held) return await RenewAsync(request, held, cancel);
        var reply = await _database.WriteAsync(
            Statement("acquire", Of(StoredText.Check(request.Name, "a namespace")), Of(StoredText.Check(request.Silo, "a silo")), Of(request.LeaseMs), Of(request.Takeover)),
            row => (object)(row.Int(0), row.Long(1), row.IsNull(2) ? "" : row.Text(2)),
            cancel);
        var (id, epoch, owner) = ((int, long, string))reply!;
        return new OwnershipReply(epoch == 0 ? null : new Ownership(id, request.Name, request.Silo, epoch), owner);
    }

    /// <inheritdoc />
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancel) =>
        _database.WriteAsync([Statement("release", Of(ownership.NamespaceId), Of(ownership.Silo), Of(ownership.Epoch))], cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel) =>
        await _database.ListAsync(Statement("list_namespaces"), PostgresRows.Namespace, cancel);

    /// <inheritdoc />
    public async Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel)
    {
        await using var connection = await _database.OpenAsync(cancel);
        try
        {
            return await new PostgresLoad(connection, ownership, _lanes).ReadAsync(cancel);
        }
        catch (Exception e) when (PostgresErrors.OfReading(e) is not null)
        {
            throw PostgresErrors.OfReading(e)!;
        }
    }

    /// <inheritdoc />
    public Task CommitAsync(Flush flush, CancellationToken cancel) => CommitAsync(FlushImage.Of(flush), cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel)
    {
        var found = new List<Job>[request.Ranges.Count];
        for (var i = 0; i < found.Length; i++) found[i] = [];
        foreach (var (job, number) in await _database.ListAsync(PostgresReady.Statement(request), PostgresReady.Row, cancel))
        {
            job.Shape = request.Ranges[number].Shape;
            found[number].Add(job);
        }

        return found;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel) => JobsAsync(
        Statement("read_alarms", Of((long)request.Ownership.NamespaceId), Of(request.Until), Of(request.Limit), Of(request.MaxInlineArgs)), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel) => JobsAsync(Statement("read_jobs", Of([.. seqs])), cancel);

    /// <inheritdoc />
    public Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel)
    {
        var ns = request.Ownership;
        long[] seqs = [.. request.Ids.Select(id => JobId.TryGetSeq(id, out var seq) ? seq : 0).Where(seq => seq >= ns.FirstId && seq < ns.EndId)];
        NpgsqlBatchCommand[] statements =
        [
            Statement("resolve_ids", Of([.. request.Ids]), Of(seqs), Of((long)ns.NamespaceId)),
            Statement("resolve_keys", Of(ns.NamespaceId), Of([.. request.Keys]), Of(request.Now)),
        ];
        return _database.ReadAsync(
            statements,
            async reader =>
            {
                var ids = await RowsAsync(reader, PostgresRows.Known, cancel);
                await reader.NextResultAsync(cancel);
                var locks = await RowsAsync(reader, PostgresRows.Lock, cancel);
                return new ResolveReply(NewestId.OfEach(ids), locks);
            },
            cancel);
    }

    /// <inheritdoc />
    public async Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel)
    {
        var (ns, id) = (request.Ownership, request.Id);
        List<StoredJob> found = [];
        if (JobId.TryGetSeq(id, out var seq) && seq >= ns.FirstId && seq < ns.EndId)
            found = await _database.ListAsync(Statement("find_by_seq", Of(true), Of(seq), Of(id)), PostgresRows.Stored, cancel);
        if (found.Count == 0)
            found = await _database.ListAsync(Statement("find_by_client_id", Of(true), Of(id), Of((long)ns.NamespaceId)), PostgresRows.Stored, cancel);
        await CompleteAsync(found.Select(f => f.Job), cancel);
        return found.FirstOrDefault();
    }

    /// <inheritdoc />
    public async Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel)
    {
        var statements = new PostgresQuery(query);
        long? end = null;
        if (statements.IsFiltered)
        {
            var window = await _database.ListAsync(statements.Window(RowsAPage), row => row.Long(0), cancel);
            if (window.Count > 0) statements.EndAt((end = window[0]).Value);
        }

        var jobs = await _database.ListAsync(statements.Page(), PostgresRows.Stored, cancel);
        await CompleteAsync(jobs.Select(j => j.Job), cancel);
        return new JobQueryReply(jobs, jobs.Count == query.Limit ? jobs[^1].Job.Seq : end);
    }

    /// <inheritdoc />
    public async Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0) return;
        var columns = new LogColumns(lines);
        var last = Interlocked.Add(ref _linesAppended, lines.Count);
        long[] order = [.. Enumerable.Range(0, lines.Count).Select(i => last - lines.Count + i)];
        await _days.EnsureAsync(PostgresDays.LogLine, columns.Days, cancel);
        await WithDaysAsync(
            PostgresDays.LogLine,
            columns.Days,
            () => [Statement("append_logs", Of(columns.Seq), Of(columns.At), Of(order), Of(columns.Attempt), Of(columns.Level), Of(columns.Line))],
            cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel) => await _database.ListAsync(
        Statement("read_logs", Of(request.Seq), Of(request.Skip), Of(request.Limit)),
        r => new LogLine(request.Seq, r.Int(0), r.Long(1), r.Text(2), LogColumns.Text(r.Blob(3))),
        cancel);

    /// <inheritdoc />
    public async Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel)
    {
        await using var connection = await _database.OpenAsync(cancel);
        try
        {
            return await new PostgresRetire(connection, request).RunAsync(cancel);
        }
        catch (Exception e) when (PostgresErrors.OfWriting(e, null) is not null)
        {
            throw PostgresErrors.OfWriting(e, null)!;
        }
        finally
        {
            _days.Forget();
        }
    }

    /// <inheritdoc />
    public async Task<int> PruneAsync(Prune request, CancellationToken cancel)
    {
        var ns = request.Ownership;
        var gone = await DeletedAsync(Statement("prune_days", Of(request.BeforeDay), Of(ns.FirstId), Of(ns.EndId), Of(request.Limit)), cancel);
        if (gone == request.Limit) return gone;
        return gone + await DeletedAsync(
            Statement("prune_dead", Of((long)ns.NamespaceId), Of(request.MaxDead), Of(request.DeadBefore), Of(request.Limit - gone)), cancel);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<int> DeletedAsync(NpgsqlBatchCommand statement, CancellationToken cancel) =>
        (int)(long)(await _database.WriteAsync(statement, row => (object)row.Long(0), cancel))!;

    private async Task<OwnershipReply> RenewAsync(AcquireOwnership request, Ownership held, CancellationToken cancel)
    {
        var statement = Statement("renew", Of(held.NamespaceId), Of(held.Silo), Of(held.Epoch), Of(request.LeaseMs));
        if (await _database.WriteAsync(statement, row => (object)row.Long(0), cancel) is not null) return new OwnershipReply(held, held.Silo);
        var owner = await _database.ListAsync(Statement("owner", Of(held.NamespaceId)), row => row.Text(0), cancel);
        return new OwnershipReply(null, owner.FirstOrDefault() ?? "");
    }

    private async Task CommitAsync(FlushImage image, CancellationToken cancel)
    {
        var days = image.Outcomes?.Days ?? [];
        await _days.EnsureAsync(PostgresDays.Finished, days, cancel);
        await WithDaysAsync(PostgresDays.Finished, days, () => PostgresFlush.Statements(image), cancel);
    }

    // A silo may have retired a day that this one still believes in: nothing was written, make the partition again.
    private async Task WithDaysAsync(string table, IReadOnlyList<int> days, Func<NpgsqlBatchCommand[]> statements, CancellationToken cancel)
    {
        try
        {
            await _database.WriteAsync(statements(), cancel);
        }
        catch (PostgresException e) when (PostgresErrors.IsMissingPartition(e))
        {
            _days.Forget();
            await _days.EnsureAsync(table, days, cancel);
            await _database.WriteAsync(statements(), cancel);
        }
    }

    private async Task<IReadOnlyList<Job>> JobsAsync(NpgsqlBatchCommand statement, CancellationToken cancel)
    {
        var jobs = await _database.ListAsync(statement, PostgresRows.Job, cancel);
        await CompleteAsync(jobs, cancel);
        return jobs;
    }

    private async Task CompleteAsync(IEnumerable<Job> jobs, CancellationToken cancel)
    {
        var (missing, names) = (_lanes.Missing(jobs), new NamePool());
        _lanes.Complete(jobs, missing.Length == 0 ? [] : await _database.ListAsync(Statement("read_lanes", Of(missing)), row => PostgresRows.Lane(row, names), cancel));
    }
}
