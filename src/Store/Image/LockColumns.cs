namespace Worcr.Store.Image;

/// <summary><see cref="Flush.LocksTaken"/> and <see cref="Flush.LocksReleased"/>, column by column and each in the order of the keys, so that two flushes wait for rows in one order.</summary>
internal sealed class LockColumns
{
    public LockColumns(IReadOnlyList<UniqueLock> taken, IReadOnlyList<UniqueRelease> released)
    {
        var takes = Last.Of(taken, l => l.Key).OrderBy(l => l.Key, StringComparer.Ordinal).ToArray();
        Keys = Array.ConvertAll(takes, l => StoredText.Check(l.Key, "a unique key"));
        Seqs = Array.ConvertAll(takes, l => l.Seq);
        Ids = Array.ConvertAll(takes, l => l.Id);
        ExpiresAt = Array.ConvertAll(takes, l => l.ExpiresAt);
        var releases = released.OrderBy(r => r.Key, StringComparer.Ordinal).ToArray();
        ReleasedKeys = Array.ConvertAll(releases, r => StoredText.Check(r.Key, "a unique key"));
        ReleasedSeqs = Array.ConvertAll(releases, r => r.Seq);
    }

    public string[] Keys { get; }
    public long[] Seqs { get; }
    public Guid[] Ids { get; }
    public long[] ExpiresAt { get; }
    public string[] ReleasedKeys { get; }
    public long[] ReleasedSeqs { get; }
}
