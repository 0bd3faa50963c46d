using Worcr.Store.Image;

namespace Worcr.Store.Sqlite;

/// <summary>
/// The store in one SQLite file (WAL, synchronous=FULL) for one process. One thread writes, a flush after the other; readers have connections of their own.
/// A write that fails has been rolled back, so its outcome is never unknown.
/// </summary>
public sealed partial class SqliteJobStore : IJobStore
{
    private readonly SqliteLock? _lock;
    /// <summary>Up to so many rows a flush is written by its caller's thread when the connection is free.</summary>
    private const int ShortFlush = 64;

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly LaneCache _lanes = new();
    private int _closed;

    /// <summary>Opens or creates the file and keeps every other process away from it.</summary>
    /// <param name="path">The file; null: a database in memory that ends with this object.</param>
    /// <exception cref="StoreTransientException">Another process has it open, or it cannot be opened.</exception>
    public SqliteJobStore(string? path)
    {
        if (path is not null)
        {
            path = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _lock = SqliteLock.Take(path);
        }

        try
        {
            _writer = new SqliteWriter(path);
        }
        catch
        {
            _lock?.Dispose();
            throw;
        }

        _readers = new SqliteReaders(path, _writer);
    }

    /// <inheritdoc />
    public Task<MigrationReport> MigrateAsync(CancellationToken cancel) => WriteAsync(SqliteMigrations.Run, cancel);

    /// <inheritdoc />
    public Task PingAsync(CancellationToken cancel) => ReadAsync(db => SqliteDatabase.Rows(db["ping"], row => row.Int(0)), cancel);

    /// <inheritdoc />
    public Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel) => WriteAsync(db => SqliteWrites.Acquire(db, request), cancel);

    /// <inheritdoc />
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancel) => WriteAsync(
        db =>
        {
            db["release"].Bind(ownership.NamespaceId).Bind(ownership.Silo).Bind(ownership.Epoch).Run();
            return db.Changes;
        },
        cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel) =>
        await ReadAsync(db => SqliteDatabase.Rows(db["list_namespaces"], SqliteRows.Namespace), cancel);

    /// <inheritdoc />
    public Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel) =>
        _writer.RunAsync(db => db.InTransaction("begin_read", d => SqliteReads.Load(d, ownership, _lanes)), cancel);

    /// <inheritdoc />
    public Task CommitAsync(Flush flush, CancellationToken cancel)
    {
        var image = FlushImage.Of(flush);
        return IsShort(flush) ? _writer.RunShortAsync(Write, cancel) : _writer.RunAsync(Write, cancel);

        long Write(SqliteDatabase database) => database.InTransaction("begin", db =>
        {
            new SqliteFlush(db, image).Write();
            return image.Number;
        });
    }

    private static bool IsShort(Flush flush) =>
        flush.Fold is null && flush.Inserts.Count + flush.Updates.Count + flush.Notes.Count + flush.Outcomes.Count + flush.Resources.Count <= ShortFlush;

    /// <inheritdoc />
    public Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel) => ReadAsync(db => SqliteReads.Ready(db, request), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel) => JobsAsync(
        db => SqliteDatabase.Rows(
            db["read_alarms"].Bind(request.Ownership.NamespaceId).Bind(request.Until).Bind(request.Limit).Bind(request.MaxInlineArgs), SqliteRows.Job),
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel)
    {
        long[] asked = [.. seqs];
        return JobsAsync(db => SqliteReads.Jobs(db, "read_jobs", asked), cancel);
    }

    /// <inheritdoc />
    /// <remarks>
    /// A few are looked up by the writer where it is free: its cache holds the pages of the flush before, which a reader would have to read again; and whoever
    /// enqueues with ids of their own waits for it. Where it writes a flush, readers need not wait for that.
    /// </remarks>
    public Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel)
    {
        var isSmall = request.Ids.Count + request.Keys.Count <= ShortFlush;
        return isSmall && _writer.TryRunShort(db => db.InTransaction("begin_read", Look), cancel, out var answer) ? answer : ReadAsync(Look, cancel);

        ResolveReply Look(SqliteDatabase database) => SqliteReads.Resolve(database, request);
    }

    /// <inheritdoc />
    public Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel) => ReadAsync(
        db =>
        {
            var found = SqliteReads.Find(db, request);
            if (found is not null) Complete(db, [found.Job]);
            return found;
        },
        cancel);

    /// <inheritdoc />
    public Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel) => ReadAsync(
        db =>
        {
            var reply = new SqliteQuery(db, query).Run();
            Complete(db, [.. reply.Jobs.Select(j => j.Job)]);
            return reply;
        },
        cancel);

    /// <inheritdoc />
    public Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0) return Task.CompletedTask;
        var columns = new LogColumns(lines);
        return WriteAsync(
            db =>
            {
                SqliteWrites.AppendLogs(db, columns);
                return columns.Seq.Length;
            },
            cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel) => await ReadAsync(db => SqliteReads.Logs(db, request), cancel);

    /// <inheritdoc />
    public Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel) => WriteAsync(db => SqliteWrites.Retire(db, request), cancel);

    /// <inheritdoc />
    public Task<int> PruneAsync(Prune request, CancellationToken cancel) => WriteAsync(db => new SqlitePrune(db, request).Run(), cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _lock?.Dispose();
    }

    private Task<T> WriteAsync<T>(Func<SqliteDatabase, T> write, CancellationToken cancel) => _writer.RunAsync(db => db.InTransaction("begin", write), cancel);

    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancel) => _readers.RunAsync(read, cancel);

    private async Task<IReadOnlyList<Job>> JobsAsync(Func<SqliteDatabase, List<Job>> read, CancellationToken cancel) => await ReadAsync(
        db =>
        {
            var jobs = read(db);
            Complete(db, jobs);
            return jobs;
        },
        cancel);

    private void Complete(SqliteDatabase database, IReadOnlyList<Job> jobs) => _lanes.Complete(jobs, SqliteReads.Lanes(database, _lanes.Missing(jobs)));
}
