using System.Text;

namespace Worcr.Conformance;

/// <summary>Makes jobs, lanes and flushes for one namespace, with a clock of its own.</summary>
public sealed class StoreWorld(IJobStore store, Ownership ownership)
{
    public const int Day = 20_000;
    private long _flush;
    private long _seq = ownership.FirstId;
    private long _lane = ownership.FirstId;

    public IJobStore Store { get; } = store;

    public Ownership Owner { get; } = ownership;

    /// <summary>Noon of <see cref="Day"/>; tests move it.</summary>
    public long Now { get; set; } = (Day * 86_400_000L) + 43_200_000;

    public Flush NewFlush() => new() { Ownership = Owner, Number = ++_flush, Now = Now };

    public LaneRecord NewLane(string type = "email.send", string tenant = "acme", string queue = "default", string[]? tags = null, string? orderKey = null, ArgValue[]? args = null) =>
        new(++_lane, new LaneShape(type, tenant, queue, tags ?? [], 1.5, 2_000, orderKey, args), Day);

    public Job NewJob(LaneRecord lane, int priority = 0, Guid? id = null, long dueAt = 0, long expiresAt = 0, byte[]? args = null, JobOptions? options = null)
    {
        var seq = ++_seq;
        return new Job
        {
            Seq = seq,
            Id = id ?? JobId.Create(Now, seq, 77),
            HasClientId = id is not null,
            LaneId = lane.LaneId,
            Shape = lane.Shape,
            Priority = priority,
            CreatedAt = Now,
            ReadyAt = dueAt == 0 ? Now : 0,
            DueAt = dueAt,
            ExpiresAt = expiresAt,
            State = dueAt == 0 ? JobState.Ready : JobState.Scheduled,
            Args = args ?? Encoding.UTF8.GetBytes("""{"to":"a@b.c"}"""),
            Options = options ?? JobOptions.Default,
        };
    }

    public LeaseEntry Lease(Job job, int attempt, string worker = "w-1") => new(job.Seq, attempt, 0xDEADBEEF, Now, Now + 60_000, worker);

    public JobOutcome Outcome(Job job, JobState state = JobState.Succeeded, JobError? error = null, byte[]? result = null, long? finishedAt = null) => new()
    {
        Seq = job.Seq,
        State = state,
        Attempt = 1,
        Yields = 0,
        Fails = error is null ? 0 : 1,
        StartedAt = Now,
        FinishedAt = finishedAt ?? Now + 5,
        Worker = "w-1",
        Result = result,
        Error = error,
    };

    /// <summary>A flush that inserts these jobs, with their strands.</summary>
    public Flush Insert(LaneRecord lane, params ReadOnlySpan<Job> jobs)
    {
        var flush = NewFlush();
        flush.Lanes.Add(lane);
        flush.Inserts.AddRange(jobs);
        foreach (var strand in flush.Inserts.Where(j => j.DueAt == 0).GroupBy(j => j.Priority)) flush.Strands.Add(new(lane.LaneId, strand.Key, strand.Count()));
        return flush;
    }

    public Task CommitAsync(Flush flush) => Store.CommitAsync(flush, TestContext.Current.CancellationToken);

    public Task<NamespaceState> LoadAsync() => Store.LoadAsync(Owner, TestContext.Current.CancellationToken);

    public Task<StoredJob?> FindAsync(Guid id) => Store.FindAsync(new FindJob(Owner, id), TestContext.Current.CancellationToken);

    public async Task<long[]> ReadyAsync(LaneRecord lane, int priority = 0, long after = 0, int limit = 100) =>
        [.. (await Store.ReadReadyAsync(new ReadReady([lane.Range(priority, after, limit: limit)], int.MaxValue), TestContext.Current.CancellationToken)).Single().Select(j => j.Seq)];

    public async Task<long[]> QueryAsync(JobQuery query) => [.. (await Store.QueryAsync(query, TestContext.Current.CancellationToken)).Jobs.Select(j => j.Job.Seq)];
}
