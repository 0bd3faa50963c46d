using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>What is used of limits, across a fold and a start.</summary>
public sealed partial class Dispatcher
{
    /// <summary>What rates have used, for the fold; keys that are as good as new are forgotten.</summary>
    private List<LimitState> SaveRates()
    {
        var states = new List<LimitState>(_usedRates.Count);
        foreach (var bucket in _usedRates.ToArray())
        {
            if (ForgetIfIdle(bucket)) continue;
            if (bucket.Permits.IsIdle(_now) && bucket.Adaptive is null) ForgetUse(bucket);
            else states.Add(new LimitState(bucket.Limit.Name, bucket.Key, BucketCodec.Encode(bucket, _now)));
        }

        return states;
    }

    private void RecoverLimits(NamespaceState state)
    {
        foreach (var saved in state.LimitStates)
        {
            if (_limits.TryGetValue(saved.Limit, out var limit)) BucketCodec.Restore(Recovered(limit, saved.Key), saved.State);
        }

        foreach (var use in state.Permits)
        {
            if (!_limits.TryGetValue(use.Limit, out var limit)) continue;
            var bucket = Recovered(limit, use.Key);
            if (use.Seq == 0) Use(bucket, use);
            else if (_jobs.TryGetValue(use.Seq, out var grain) && grain.Attempt == use.Attempt) Hold(grain, bucket, use.Count);
        }

        foreach (var limit in _limits.Values)
        {
            foreach (var bucket in limit.Buckets.Values) Change(bucket);
        }

        foreach (var bucket in _tenantLimits.Buckets.Values) Settle(bucket);
    }

    /// <summary>What was used of a rate that is a concurrency by now is over.</summary>
    private static void Use(Bucket bucket, PermitUse use)
    {
        if (bucket.IsRate) bucket.Permits.Take(use.At, use.Count);
    }

    private Bucket Recovered(LimitGrain limit, string key)
    {
        var bucket = BucketOf(limit, key, LimitKeys.RankOf(limit.Rule.Key));
        if (bucket.IsRate || bucket.Adaptive is not null) KeepUse(bucket);
        return bucket;
    }

    private static void Hold(JobGrain grain, Bucket bucket, int count)
    {
        if (!bucket.IsRate) bucket.Permits.Take(grain.StartedAt, count);
        NoteHeld(grain, bucket, count);
    }
}
