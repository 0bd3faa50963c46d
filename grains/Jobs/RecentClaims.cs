namespace Worcr.Grains.Jobs;

/// <summary>
/// What became of ids and unique keys in flushes that a look-up under way may not have seen. Where something stands here it is what counts, whatever the
/// store says: it is newer. It stands here until its flush is durable and no look-up is under way that began before that; so there is never more of it
/// than the flushes hold that came since.
/// </summary>
internal sealed class RecentClaims
{
    private readonly Recent<Guid, KnownId> _accepted = new();
    private readonly Recent<long, bool> _forgotten = new();
    private readonly Recent<string, KnownLock> _taken = new(StringComparer.Ordinal);
    private readonly Recent<UniqueRelease, bool> _released = new();

    /// <summary>How much stands here.</summary>
    public int Count => _accepted.Count + _forgotten.Count + _taken.Count + _released.Count;

    /// <summary>A new job has this id.</summary>
    public void Accept(KnownId id, long flush) => _accepted.Note(id.Id, id, flush);

    /// <summary>The job is removed from the history, and its id is free.</summary>
    public void Forget(long seq, long flush) => _forgotten.Note(seq, true, flush);

    /// <summary>A new job holds the key, whoever held it before.</summary>
    public void Take(KnownLock taken, long flush) => _taken.Note(taken.Lock.Key, taken, flush);

    /// <summary>The job holds the key no longer, if it did; another holder keeps it.</summary>
    public void Release(UniqueRelease release, long flush) => _released.Note(release, true, flush);

    /// <summary>Forgets what these flushes made durable.</summary>
    public void DropDurable(long upTo)
    {
        _accepted.Forget(upTo);
        _forgotten.Forget(upTo);
        _taken.Forget(upTo);
        _released.Forget(upTo);
    }

    /// <summary>The last job with the id, its removal left aside, if it came in these flushes.</summary>
    public bool TryGetAccepted(Guid id, out KnownId known) => _accepted.TryGet(id, out known);

    /// <summary>The last who took the key, its release left aside, if that was in these flushes.</summary>
    public bool TryGetTaken(string key, out KnownLock taken) => _taken.TryGet(key, out taken);

    /// <summary>The flush that removes the job; 0: none of these.</summary>
    public long ForgottenIn(long seq) => _forgotten.FlushOf(seq);

    /// <summary>The flush in which the job gives the key back; 0: none of these.</summary>
    public long ReleasedIn(UniqueLock held) => _released.FlushOf(new UniqueRelease(held.Key, held.Seq));
}
