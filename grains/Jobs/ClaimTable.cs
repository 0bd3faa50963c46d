namespace Worcr.Grains.Jobs;

/// <summary>Who has the ids and unique keys of one batch of enqueues: what the store said, then what the batch itself did.</summary>
internal sealed class ClaimTable
{
    private readonly Dictionary<Guid, KnownId> _ids = [];
    private readonly Dictionary<string, KnownLock> _locks = new(StringComparer.Ordinal);

    private readonly Dictionary<Guid, Job?> _parents = [];

    private HashSet<long> _read = [];

    public ClaimTable(ResolveReply reply)
    {
        foreach (var id in reply.Ids) _ids[id.Id] = id;
        foreach (var taken in reply.Locks) _locks[taken.Lock.Key] = taken;
    }

    /// <summary>Rows of holders that are not in memory.</summary>
    public Dictionary<long, Job> Rows { get; } = [];

    /// <summary>Whether the last look at holders was at this one, too.</summary>
    public bool WasRead(long seq) => _read.Contains(seq);

    /// <summary>Takes what was read of holders; those that are not among the rows have finished.</summary>
    public void Learn(IReadOnlyList<long> asked, IReadOnlyList<Job> rows)
    {
        _read = [.. asked];
        foreach (var seq in asked) Rows.Remove(seq);
        foreach (var row in rows) Rows[row.Seq] = row;
    }

    /// <summary>Takes what was read of parents that are not in memory; a null is one that is not known.</summary>
    public void Learn(IReadOnlyList<Guid> parents, IReadOnlyList<Job?> rows)
    {
        for (var i = 0; i < parents.Count; i++) _parents[parents[i]] = rows[i];
    }

    /// <summary>Whether the store was asked for this parent.</summary>
    public bool WasSought(Guid parent) => _parents.ContainsKey(parent);

    public Job? ParentOf(Guid id) => _parents.GetValueOrDefault(id);

    public bool TryGetId(Guid id, out KnownId known) => _ids.TryGetValue(id, out known);

    /// <summary>A job with an id was accepted: it is known from now on, also as a parent.</summary>
    public void Accept(Job job, JobState state)
    {
        _ids[job.Id] = new KnownId(job.Id, job.Seq, state);
        _parents[job.Id] = job;
    }

    public void Take(KnownLock taken) => _locks[taken.Lock.Key] = taken;

    public KnownLock? HolderOf(string key, long now) =>
        _locks.TryGetValue(key, out var taken) && (taken.Lock.ExpiresAt == 0 || taken.Lock.ExpiresAt > now) ? taken : null;
}
