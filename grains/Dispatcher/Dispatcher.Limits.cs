using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>
/// Limits. A lane stands behind the gates of its keys: all are open, or none of its jobs is chosen; so permits are taken all or none. Concurrency
/// is rebuilt from the open leases after a start; what rates have used stands in the journal, in the flush of the lease that used it.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly Dictionary<string, LimitGrain> _limits = new(StringComparer.Ordinal);
    private readonly HashSet<Bucket> _usedRates = [];

    /// <summary>The maxima of tenants: a limit like others, whose keys have a value each. Its name is none that an operator can give.</summary>
    private readonly LimitGrain _tenantLimits = new("\u0001tenant", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, LimitSpec.MaxLimit)));

    private LimitSpec SpecOf(Bucket bucket)
    {
        var spec = bucket.Limit.Rule.Limit;
        if (ReferenceEquals(bucket.Limit, _tenantLimits)) return spec with { Limit = MaxConcurrencyOf(bucket.Key) };
        return bucket.Adaptive is { } adaptive ? spec with { Limit = adaptive.Value } : spec;
    }

    private int MaxConcurrencyOf(string tenant) =>
        ResourceOf<TenantRule>(ResourceKind.Tenant, tenant) is { MaxConcurrency: > 0 and var most } ? most : LimitSpec.MaxLimit;

    /// <summary>The limit, or what it found by itself, is another one now.</summary>
    private void Change(Bucket bucket)
    {
        bucket.Permits.Change(SpecOf(bucket), _now);
        bucket.Permits.ClosedUntil = bucket.Adaptive?.BlockedUntil ?? long.MinValue;
        Settle(bucket);
    }

    private Bucket BucketOf(LimitGrain limit, string key, int rank)
    {
        if (limit.Buckets.TryGetValue(key, out var bucket)) return bucket;
        bucket = new Bucket(limit, key, LimitBucket.Create(limit.Rule.Limit), new FairGate(PauseRank + 1 + rank, limit.Name + "\n" + key));
        limit.Buckets.Add(key, bucket);
        Adapt(bucket);
        Change(bucket);
        return bucket;
    }

    /// <summary>A lane no longer counts against the key; a key that nobody needs is forgotten, unless what it has used still counts.</summary>
    private void LeaveBucket(Bucket bucket)
    {
        bucket.Lanes--;
        ForgetIfIdle(bucket);
    }

    private bool ForgetIfIdle(Bucket bucket)
    {
        if (!bucket.IsIdle(_now)) return false;
        _timers.Clear(bucket);
        ForgetUse(bucket);
        if (bucket.Limit.Buckets.TryGetValue(bucket.Key, out var known) && ReferenceEquals(known, bucket)) bucket.Limit.Buckets.Remove(bucket.Key);
        return true;
    }

    private void TakePermits(JobGrain grain)
    {
        grain.Permits = grain.Lane.Buckets;
        foreach (var bucket in grain.Permits) Take(bucket, 1);
    }

    private void ReturnPermits(JobGrain grain)
    {
        var (permits, held) = (grain.Permits, grain.HeldPermits);
        (grain.Permits, grain.HeldPermits) = (Lane.NoBuckets, null);
        foreach (var bucket in permits) GiveBack(bucket, 1);
        if (held is null) return;
        foreach (var (bucket, count) in held)
        {
            bucket.Holders--;
            GiveBack(bucket, count);
        }
    }

    private void Take(Bucket bucket, int count)
    {
        bucket.Permits.Take(_now, count);
        if (bucket.IsRate) NoteUse(bucket, count);
        if (bucket.Permits.CanTake(_now)) return;
        Settle(bucket);
        if (IsHeard(EventKind.LimitSaturated)) EmitSaturated(bucket);
    }

    private void GiveBack(Bucket bucket, int count)
    {
        if (!bucket.IsRate)
        {
            bucket.Permits.Return(count);
            Settle(bucket);
        }

        ForgetIfIdle(bucket);
    }

    /// <summary>What a rate has used is written in the flush of the lease that used it, one entry a key and moment.</summary>
    private void NoteUse(Bucket bucket, int count)
    {
        var permits = _work.Flush.Permits;
        if (bucket.UseFlush == _work.Number && permits[bucket.UseIndex] is var use && use.At == _now)
        {
            permits[bucket.UseIndex] = use with { Count = use.Count + count };
            return;
        }

        KeepUse(bucket);
        _usesSinceFold++;
        (bucket.UseFlush, bucket.UseIndex) = (_work.Number, permits.Count);
        permits.Add(new PermitUse(bucket.Limit.Name, bucket.Key, count, _now, 0, 0));
    }

    /// <summary>What the key has used belongs into the next fold.</summary>
    private void KeepUse(Bucket bucket)
    {
        if (bucket.IsUsed) return;
        bucket.IsUsed = true;
        _usedRates.Add(bucket);
    }

    private void ForgetUse(Bucket bucket)
    {
        if (!bucket.IsUsed) return;
        bucket.IsUsed = false;
        _usedRates.Remove(bucket);
    }

    /// <summary>Serves who waits for the key, and opens or closes its gate.</summary>
    private void Settle(Bucket bucket)
    {
        while (bucket.FirstAcquirer is { } first && (first.IsGone || bucket.Permits.CanTake(_now, first.Count))) EndAcquire(first, granted: !first.IsGone);
        if (bucket.FirstAcquirer is null && bucket.Permits.CanTake(_now))
        {
            _timers.Clear(bucket);
            bucket.Open();
            return;
        }

        bucket.Close();
        var at = bucket.Permits.OpensAt(_now, bucket.FirstAcquirer?.Count ?? 1);
        if (at == long.MaxValue) _timers.Clear(bucket);
        else _timers.Set(bucket, Math.Max(at, _now + 1));
    }

    /// <summary>A job that runs counts against the keys of now: a limit that was made or changed meanwhile knows of it.</summary>
    private void Recount(JobGrain grain)
    {
        var former = grain.Permits;
        grain.Permits = grain.Lane.Buckets;
        foreach (var bucket in grain.Permits)
        {
            if (!bucket.IsRate && !former.Contains(bucket)) Take(bucket, 1);
        }

        foreach (var bucket in former)
        {
            if (!grain.Permits.Contains(bucket)) GiveBack(bucket, 1);
        }
    }
}
