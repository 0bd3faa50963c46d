using System.Runtime.CompilerServices;

namespace Worcr.Testing.Model;

/// <summary>
/// The store in memory: no threads, no clock, every answer there when the call returns. A simulator sets <see cref="HoldsCommits"/> and ends each commit when
/// and as it likes, in any order; <see cref="FailRead"/> makes reads fail. What is stored can be seen in <see cref="Database"/>.
/// </summary>
public sealed class ModelJobStore(ModelDatabase database) : IJobStore
{
    private const int Schema = 4;

    /// <summary>The version from which on jobs with a due time are counted.</summary>
    private const int CountsWaiting = 4;
    private readonly ConditionalWeakTable<Flush, ModelFlush> _read = [];
    private readonly List<ModelCommit> _pending = [];

    /// <summary>What is stored.</summary>
    public ModelDatabase Database { get; } = database;

    /// <summary>Whether commits wait for <see cref="ModelCommit.Complete"/>. Default: false.</summary>
    public bool HoldsCommits { get; set; }

    /// <summary>Asked before every call but a commit, with the verb's name; an exception that it gives is thrown. Default: null.</summary>
    public Func<string, Exception?>? FailRead { get; set; }

    /// <summary>Commits under way, in the order in which they were sent.</summary>
    public IReadOnlyList<ModelCommit> Pending
    {
        get
        {
            _pending.RemoveAll(c => c.IsComplete);
            return _pending;
        }
    }

    /// <summary>Ends the commit under way that has this number.</summary>
    public void Complete(long number, ModelCommitEnd end = ModelCommitEnd.Written) => Pending.First(c => c.Number == number).Complete(end);

    /// <inheritdoc />
    public Task<MigrationReport> MigrateAsync(CancellationToken cancel) => Answer("Migrate", () =>
    {
        var from = Database.SchemaVersion;
        if (from > Schema) throw new StoreSchemaException($"the database's schema is version {from}, newer than this build of Worcr ({Schema}): start a newer Worcr");
        if (from is > 0 and < CountsWaiting) Database.CountWaiting();
        Database.SchemaVersion = Schema;
        return new MigrationReport(from, Schema);
    });

    /// <inheritdoc />
    public Task PingAsync(CancellationToken cancel) => Answer("Ping", () => true);

    /// <inheritdoc />
    public Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel) => Answer("Acquire", () => ModelOwners.Acquire(Database, request));

    /// <inheritdoc />
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancel) => Answer("Release", () => ModelOwners.Release(Database, ownership));

    /// <inheritdoc />
    public Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel) =>
        Answer<IReadOnlyList<NamespaceRecord>>("ListNamespaces", () => [.. Database.Namespaces.Values.OrderBy(n => n.NamespaceId)]);

    /// <inheritdoc />
    public Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel) => Answer("Load", () => ModelReads.Load(Database, ownership));

    /// <inheritdoc />
    public Task CommitAsync(Flush flush, CancellationToken cancel)
    {
        var commit = new ModelCommit(Database, _read.GetValue(flush, f => new ModelFlush(f)));
        if (HoldsCommits) _pending.Add(commit);
        else commit.Complete();
        return commit.Task;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel) => Answer("ReadReady", () => ModelReads.Ready(Database, request));

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel) => Answer("ReadAlarms", () => ModelReads.Alarms(Database, request));

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel) => Answer<IReadOnlyList<Job>>(
        "ReadJobs", () => [.. Database.Live.Values.Where(j => seqs.Contains(j.Seq)).Select(j => ModelJob.Inline(j, int.MaxValue))]);

    /// <inheritdoc />
    public Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel) => Answer("Resolve", () => ModelReads.Resolve(Database, request));

    /// <inheritdoc />
    public Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel) => Answer("Find", () => ModelReads.Find(Database, request));

    /// <inheritdoc />
    public Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel) => Answer("Query", () => ModelReads.Query(Database, query));

    /// <inheritdoc />
    public Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel) => Answer("AppendLogs", () =>
    {
        foreach (var line in lines)
        {
            var day = ModelDatabase.DayOf(line.At);
            if (!Database.Logs.TryGetValue(day, out var partition)) Database.Logs[day] = partition = [];
            partition.Add(line);
        }

        return true;
    });

    /// <inheritdoc />
    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel) => Answer<IReadOnlyList<LogLine>>(
        "ReadLogs",
        () => [.. Database.Logs.Values.SelectMany(day => day).Where(l => l.Seq == request.Seq).OrderBy(l => l.At).Skip(request.Skip).Take(request.Limit)]);

    /// <inheritdoc />
    public Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel) => Answer("Retire", () => ModelOwners.Retire(Database, request));

    /// <inheritdoc />
    public Task<int> PruneAsync(Prune request, CancellationToken cancel) => Answer("Prune", () => ModelOwners.Prune(Database, request));

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel) => Answer<IReadOnlyList<StoredKey>>("ListKeys", () => [.. Database.Keys.Values]);

    /// <inheritdoc />
    public Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel) => Answer("AddKey", () => Database.Keys.TryAdd(key.Name, key));

    /// <inheritdoc />
    public Task<bool> RemoveKeyAsync(string name, CancellationToken cancel) => Answer("RemoveKey", () => Database.Keys.Remove(name));

    /// <inheritdoc />
    public Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel) => Answer("Secret", () =>
    {
        Database.Secrets.TryAdd(request.Name, request.Fresh);
        return Database.Secrets[request.Name];
    });

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(string verb, Func<T> call)
    {
        if (FailRead?.Invoke(verb) is { } failure) return Task.FromException<T>(failure);
        try
        {
            return Task.FromResult(call());
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }
}
