namespace Worcr.Core.Limits;

/// <summary>Several limits that apply to one job: all are taken or none.</summary>
public static class LimitSet
{
    /// <summary>Takes <paramref name="n"/> of each, or nothing at all.</summary>
    /// <param name="buckets">The buckets, each once.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="n">How many of each, at least 1.</param>
    public static bool TryTakeAll(ReadOnlySpan<LimitBucket> buckets, long now, int n = 1)
    {
        foreach (var bucket in buckets)
        {
            if (!bucket.CanTake(now, n)) return false;
        }

        foreach (var bucket in buckets) bucket.Take(now, n);
        return true;
    }

    /// <summary>The first moment at which <see cref="TryTakeAll"/> succeeds by time alone, Unix milliseconds, or <see cref="long.MaxValue"/>.</summary>
    public static long OpensAt(ReadOnlySpan<LimitBucket> buckets, long now, int n = 1)
    {
        var opens = now;
        foreach (var bucket in buckets) opens = Math.Max(opens, bucket.OpensAt(now, n));
        return opens;
    }
}
