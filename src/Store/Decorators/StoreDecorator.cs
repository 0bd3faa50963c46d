using Worcr.Store.Image;

namespace Worcr.Store.Decorators;

/// <summary>
/// A store around a store. Every verb goes through one of two doors, which is all that a decorator has to change: <see cref="ReadAsync"/> for
/// verbs that may be called again freely, <see cref="WriteAsync"/> for the others.
/// </summary>
public abstract class StoreDecorator(IJobStore inner) : IJobStore
{
    /// <summary>The store inside.</summary>
    protected IJobStore Inner { get; } = inner;

    /// <inheritdoc />
    public Task<MigrationReport> MigrateAsync(CancellationToken cancel) => WriteAsync(StoreVerb.Migrate, () => Inner.MigrateAsync(cancel), cancel);

    /// <inheritdoc />
    public Task PingAsync(CancellationToken cancel) => ReadAsync(StoreVerb.Ping, () => Nothing(Inner.PingAsync(cancel)), cancel);

    /// <inheritdoc />
    public Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel) =>
        WriteAsync(StoreVerb.Acquire, () => Inner.AcquireAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task ReleaseAsync(Ownership ownership, CancellationToken cancel) => WriteAsync(StoreVerb.Release, () => Nothing(Inner.ReleaseAsync(ownership, cancel)), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel) =>
        ReadAsync(StoreVerb.ListNamespaces, () => Inner.ListNamespacesAsync(cancel), cancel);

    /// <inheritdoc />
    public Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel) => ReadAsync(StoreVerb.Load, () => Inner.LoadAsync(ownership, cancel), cancel);

    /// <inheritdoc />
    public virtual Task CommitAsync(Flush flush, CancellationToken cancel)
    {
        _ = FlushImage.Of(flush); // read now, however late the store inside is called
        return WriteAsync(StoreVerb.Commit, () => Nothing(Inner.CommitAsync(flush, cancel)), cancel);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel) =>
        ReadAsync(StoreVerb.ReadReady, () => Inner.ReadReadyAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel) =>
        ReadAsync(StoreVerb.ReadAlarms, () => Inner.ReadAlarmsAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel) =>
        ReadAsync(StoreVerb.ReadJobs, () => Inner.ReadJobsAsync(seqs, cancel), cancel);

    /// <inheritdoc />
    public Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel) => ReadAsync(StoreVerb.Resolve, () => Inner.ResolveAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel) => ReadAsync(StoreVerb.Find, () => Inner.FindAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel) => ReadAsync(StoreVerb.Query, () => Inner.QueryAsync(query, cancel), cancel);

    /// <inheritdoc />
    public Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel) =>
        WriteAsync(StoreVerb.AppendLogs, () => Nothing(Inner.AppendLogsAsync(lines, cancel)), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel) =>
        ReadAsync(StoreVerb.ReadLogs, () => Inner.ReadLogsAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel) => WriteAsync(StoreVerb.Retire, () => Inner.RetireAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<int> PruneAsync(Prune request, CancellationToken cancel) => WriteAsync(StoreVerb.Prune, () => Inner.PruneAsync(request, cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel) => ReadAsync(StoreVerb.ListKeys, () => Inner.ListKeysAsync(cancel), cancel);

    /// <inheritdoc />
    public Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel) => WriteAsync(StoreVerb.AddKey, () => Inner.AddKeyAsync(key, cancel), cancel);

    /// <inheritdoc />
    public Task<bool> RemoveKeyAsync(string name, CancellationToken cancel) => WriteAsync(StoreVerb.RemoveKey, () => Inner.RemoveKeyAsync(name, cancel), cancel);

    /// <inheritdoc />
    public Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel) => WriteAsync(StoreVerb.Secret, () => Inner.SecretAsync(request, cancel), cancel);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A verb that changes nothing.</summary>
    protected virtual Task<T> ReadAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => call();

    /// <summary>A verb that writes.</summary>
    protected virtual Task<T> WriteAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => call();

    private static async Task<bool> Nothing(Task task)
    {
        await task;
        return true;
    }
}
