namespace Worcr.Grains.Jobs;

/// <summary>Who has the ids and unique keys of one batch of enqueues: what the store said, corrected by what it may not have seen.</summary>
internal sealed class ClaimTable
{
    private readonly Dictionary<Guid, KnownId> _ids = [];
    private readonly Dictionary<string, KnownLock> _locks = new(StringComparer.Ordinal);

    private readonly Dictionary<Guid, Job?> _parents = [];

    private readonly RecentClaims _recent;

    private HashSet<long> _read = [];

    public ClaimTable(ResolveReply reply, RecentClaims recent)
    {
        _recent = recent;
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

    public bool TryGetId(Guid id, out KnownId known) => TryGetLastId(id, out known) && _recent.ForgottenIn(known.Seq) == 0;

    /// <summary>A job with an id was accepted: it is known as a parent from now on.</summary>
    public void Accept(Job job) => _parents[job.Id] = job;

    public KnownLock? HolderOf(string key, long now) =>
        LastHolderOf(key) is { } last && (last.Lock.ExpiresAt == 0 || last.Lock.ExpiresAt > now) && _recent.ReleasedIn(last.Lock) == 0 ? last : null;

    /// <summary>The flush that has to be durable before another job can have the id: the one that removes the last job with it. 0: any.</summary>
    public long FreedIn(Guid id) => TryGetLastId(id, out var last) ? _recent.ForgottenIn(last.Seq) : 0;

    /// <summary>The flush that has to be durable before another job can hold the key: the one in which its last holder gives it back. 0: any.</summary>
    public long FreedIn(string key) => LastHolderOf(key) is { } last ? _recent.ReleasedIn(last.Lock) : 0;

    private bool TryGetLastId(Guid id, out KnownId known) => _recent.TryGetAccepted(id, out known) || _ids.TryGetValue(id, out known);

    private KnownLock? LastHolderOf(string key) => _recent.TryGetTaken(key, out var taken) ? taken : _locks.GetValueOrDefault(key);
}
