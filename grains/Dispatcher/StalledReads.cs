using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What is stored of jobs, while the store takes no writes: memory runs ahead of it, and what is not durable is shown to nobody. Meanwhile nothing that is stored changes.</summary>
/// <param name="ownership">Whose jobs.</param>
/// <param name="store">Where they are.</param>
/// <param name="clock">The time.</param>
/// <param name="error">Why the store takes no writes.</param>
internal sealed class StalledReads(Ownership ownership, IJobStore store, IClock clock, Exception error)
{
    private Task<Dictionary<long, LeaseEntry>>? _leases;

    public Exception Error { get; } = error;

    /// <summary>Since when, Unix milliseconds.</summary>
    public long Since { get; } = clock.Now;

    public Task<JobReply> GetAsync(Guid id, CancellationToken cancel) => ReadAsync(async () =>
    {
        if (await store.FindAsync(new FindJob(ownership, id), cancel) is not { } stored) return new JobReply(null, Dispatcher.Unknown);
        return new JobReply(View(stored, await LeasesAsync()));
    });

    public Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel) => ReadAsync(async () =>
    {
        if (request.State == JobState.Running) return await QueryRunningAsync(request, cancel);
        var page = await store.QueryAsync(request.InStore(ownership), cancel);
        var leases = await LeasesAsync();
        return new JobPageReply([.. page.Jobs.Select(j => View(j, leases)).Where(v => request.State is null || v.Job.State == request.State)], page.Next);
    });

    public Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel) => ReadAsync(async () =>
    {
        if (await store.FindAsync(new FindJob(ownership, request.Id), cancel) is not { } stored) return new LogsReply([], Dispatcher.Unknown);
        return new LogsReply(await store.ReadLogsAsync(new ReadLogs(stored.Job.Seq, request.Skip, request.Limit), cancel));
    });

    /// <summary>A store that cannot be read either is away.</summary>
    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (StoreTransientException away)
        {
            throw new StoreStalledException(isUntouched: true, away);
        }
    }

    private async Task<JobPageReply> QueryRunningAsync(QueryJobsRequest request, CancellationToken cancel)
    {
        var leases = await LeasesAsync();
        var views = new List<JobView>();
        foreach (var chunk in leases.Keys.Where(s => s < (request.Cursor ?? long.MaxValue)).OrderDescending().Chunk(1_000))
        {
            var rows = await store.ReadJobsAsync(chunk, cancel);
            views.AddRange(rows.OrderByDescending(r => r.Seq).Where(r => request.Matches(r.Shape)).Select(r => View(new StoredJob(r, null), leases)));
            if (views.Count > request.Limit) break;
        }

        return new JobPageReply([.. views.Take(request.Limit)], views.Count > request.Limit ? views[request.Limit - 1].Job.Seq : null);
    }

    private JobView View(StoredJob stored, Dictionary<long, LeaseEntry> leases)
    {
        if (stored.Outcome is { } outcome) return StoredView.Of(stored.Job, outcome, clock.Now);
        if (!leases.TryGetValue(stored.Job.Seq, out var lease)) return new JobView(stored.Job, 0, null, null, false);
        var job = stored.Job.Copy();
        (job.State, job.Attempt) = (JobState.Running, lease.Attempt);
        return new JobView(job, lease.StartedAt, lease.Worker, null, false);
    }

    /// <summary>Leases do not rewrite rows, so they are read, once: the first reader's trouble is not the next one's.</summary>
    private Task<Dictionary<long, LeaseEntry>> LeasesAsync()
    {
        var leases = _leases;
        return leases is null or { IsFaulted: true } ? _leases = ReadLeasesAsync() : leases;
    }

    private async Task<Dictionary<long, LeaseEntry>> ReadLeasesAsync() =>
        (await store.LoadAsync(ownership, CancellationToken.None)).OpenLeases.ToDictionary(l => l.Lease.Seq, l => l.Lease);
}
