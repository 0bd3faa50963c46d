namespace Worcr.Grains.Simulation;

/// <summary>
/// As much of a store as a simulation needs: live jobs by strand and by alarm, in memory, each verb as fast as its answer is long. Nothing of the history is kept, and what no
/// simulated job asks for (ids, unique keys, pages, logs) is not there.
/// </summary>
internal sealed class SimulationStore : IJobStore
{
    private readonly Dictionary<long, Job> _live = [];
    private readonly Dictionary<(long LaneId, int Priority), List<long>> _strands = [];
    private readonly SortedSet<(long At, long Seq)> _alarms = [];

    public int Live => _live.Count;

    public Task CommitAsync(Flush flush, CancellationToken cancel)
    {
        foreach (var job in flush.Inserts) Put(job);
        foreach (var job in flush.Updates) Put(job);
        foreach (var outcome in flush.Outcomes) Remove(outcome.Seq);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<Job>>>([.. request.Ranges.Select(Ready)]);

    public Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel) =>
        Answer([.. _alarms.GetViewBetween((0, 0), (request.Until, long.MaxValue)).Take(request.Limit).Select(a => _live[a.Seq])]);

    public Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel) =>
        Answer([.. seqs.Where(_live.ContainsKey).Select(s => _live[s])]);

    public Task PingAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task ReleaseAsync(Ownership ownership, CancellationToken cancel) => Task.CompletedTask;

    public Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<MigrationReport> MigrateAsync(CancellationToken cancel) => throw NotThere();

    public Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel) => throw NotThere();

    public Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel) => throw NotThere();

    public Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel) => throw NotThere();

    public Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel) => throw NotThere();

    public Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel) => throw NotThere();

    public Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel) => throw NotThere();

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel) => throw NotThere();

    public Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel) => throw NotThere();

    public Task<int> PruneAsync(Prune request, CancellationToken cancel) => throw NotThere();

    public Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel) => throw NotThere();

    public Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel) => throw NotThere();

    public Task<bool> RemoveKeyAsync(string name, CancellationToken cancel) => throw NotThere();

    public Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel) => throw NotThere();

    private List<Job> Ready(ReadyRange range)
    {
        var found = new List<Job>();
        if (!_strands.TryGetValue((range.LaneId, range.Priority), out var strand)) return found;
        var index = strand.BinarySearch(range.AfterSeq + 1);
        for (index = index < 0 ? ~index : index; index < strand.Count && strand[index] < range.BeforeSeq && found.Count < range.Limit; index++)
        {
            if (_live.TryGetValue(strand[index], out var job) && job.DueAt == 0 && job.LaneId == range.LaneId) found.Add(job);
        }

        return found;
    }

    private void Put(Job job)
    {
        if (_live.TryGetValue(job.Seq, out var former) && former.AlarmAt > 0) _alarms.Remove((former.AlarmAt, job.Seq));
        _live[job.Seq] = job;
        if (job.AlarmAt > 0) _alarms.Add((job.AlarmAt, job.Seq));
        if (job.DueAt == 0) Line(job);
    }

    /// <summary>A strand's numbers stay in it until jobs before them have gone, too: who left is passed over when it is read.</summary>
    private void Line(Job job)
    {
        var key = (job.LaneId, job.Priority);
        if (!_strands.TryGetValue(key, out var strand)) _strands.Add(key, strand = []);
        if (strand.Count == 0 || strand[^1] < job.Seq)
        {
            strand.Add(job.Seq);
            return;
        }

        var index = strand.BinarySearch(job.Seq);
        if (index < 0) strand.Insert(~index, job.Seq);
    }

    private void Remove(long seq)
    {
        if (_live.Remove(seq, out var job) && job.AlarmAt > 0) _alarms.Remove((job.AlarmAt, seq));
    }

    private static Task<IReadOnlyList<Job>> Answer(List<Job> jobs) => Task.FromResult<IReadOnlyList<Job>>(jobs);

    private static NotSupportedException NotThere() => new("A simulated job never asks for this.");
}
