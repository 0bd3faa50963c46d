using Worcr.Core.Limits;

namespace Worcr.Grains.Limits;

/// <summary>The stored form of a key's state: the length of the adaptive part (0: none), that part, what is used.</summary>
internal static class BucketCodec
{
    public static byte[] Encode(Bucket bucket, long now)
    {
        var adaptive = bucket.Adaptive?.Save() ?? [];
        return [(byte)adaptive.Length, .. adaptive, .. bucket.Permits.Save(now)];
    }

    /// <summary>Puts the state into a key; the limit may have been edited meanwhile.</summary>
    public static void Restore(Bucket bucket, byte[] saved)
    {
        var length = saved[0];
        if (length > 0 && bucket.Limit.Rule.Adaptive is { } spec) bucket.Adaptive = AdaptiveLimit.Restore(spec, saved[1..(1 + length)]);
        bucket.Permits = LimitBucket.Restore(bucket.Permits.Spec, saved[(1 + length)..]);
    }
}
