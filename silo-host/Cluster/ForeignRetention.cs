using Worcr.Core.Time;
using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>What a silo must leave of the namespaces of others, whose partitions it shares: it does not know their settings, and its own clock may be the wrong one.</summary>
internal static class ForeignRetention
{
    /// <summary>The first day that all of them keep. What an owner says of the time, by how long it will own its namespace, counts as far as it is earlier.</summary>
    public static int FirstDay(IEnumerable<NamespaceRecord> elsewhere, long now, long retentionMs)
    {
        var first = int.MaxValue;
        foreach (var ns in elsewhere)
        {
            var at = ns.LeaseUntil > 0 ? Math.Min(now, ns.LeaseUntil) : now;
            first = Math.Min(first, UnixDay.Of(at - retentionMs));
        }

        return first;
    }
}
