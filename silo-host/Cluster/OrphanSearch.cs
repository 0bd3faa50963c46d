using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>
/// Tells which namespaces have lost their owner, out of what the store says of them again and again. An owner is gone when it has let go, when its lease is over by this silo's
/// clock, or, because clocks differ, when it has not renewed while this silo watched for as long as a lease lasts. Whether it may be taken decides the store alone.
/// </summary>
/// <param name="lease">For how long an owner owns without renewing.</param>
/// <param name="time">The clock.</param>
internal sealed class OrphanSearch(TimeSpan lease, TimeProvider time)
{
    private readonly Dictionary<string, (long Epoch, long LeaseUntil, long SeenAt)> _seen = new(StringComparer.Ordinal);

    /// <summary>The names of those without an owner.</summary>
    public IReadOnlyList<string> Find(IReadOnlyList<NamespaceRecord> all)
    {
        var orphans = new List<string>();
        foreach (var record in all)
        {
            if (IsOrphan(record)) orphans.Add(record.Name);
        }

        return orphans;
    }

    private bool IsOrphan(NamespaceRecord record)
    {
        if (record.Owner is null || record.LeaseUntil <= time.GetUtcNow().ToUnixTimeMilliseconds()) return true;
        if (_seen.TryGetValue(record.Name, out var seen) && (seen.Epoch, seen.LeaseUntil) == (record.Epoch, record.LeaseUntil)) return time.GetElapsedTime(seen.SeenAt) >= lease;
        _seen[record.Name] = (record.Epoch, record.LeaseUntil, time.GetTimestamp());
        return false;
    }
}
