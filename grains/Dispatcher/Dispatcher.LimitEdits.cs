using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Limits;
using Worcr.Grains.Tenants;

namespace Worcr.Grains;

/// <summary>Limits that are put, edited or deleted, while jobs run and wait.</summary>
public sealed partial class Dispatcher
{
    private void ApplyLimit(string name, LimitRule? rule)
    {
        if (rule is null)
        {
            if (_limits.Remove(name, out var gone)) Drop(gone);
            return;
        }

        if (!_limits.TryGetValue(name, out var limit))
        {
            _limits.Add(name, new LimitGrain(name, rule));
            return;
        }

        var wasRate = limit.IsRate;
        limit.Rule = rule;
        foreach (var bucket in limit.Buckets.Values)
        {
            Adapt(bucket);
            bucket.Permits.Change(SpecOf(bucket), _now);
        }

        if (limit.IsRate != wasRate) ChangeKind(limit);
        foreach (var bucket in limit.Buckets.Values)
        {
            EndVainAcquires(bucket);
            Change(bucket);
        }
    }

    /// <summary>A rate now counts what was held as used; a concurrency counts what is held: what was used meanwhile means nothing to it.</summary>
    private void ChangeKind(LimitGrain limit)
    {
        if (!limit.IsRate)
        {
            foreach (var grain in _running) CountHeld(grain, limit);
            return;
        }

        foreach (var bucket in limit.Buckets.Values)
        {
            if (bucket.Permits.Used(_now) is > 0 and var used) NoteUse(bucket, (int)used);
        }
    }

    private void CountHeld(JobGrain grain, LimitGrain limit)
    {
        foreach (var bucket in grain.Permits)
        {
            if (ReferenceEquals(bucket.Limit, limit)) bucket.Permits.Take(_now);
        }

        foreach (var (bucket, count) in grain.HeldPermits ?? [])
        {
            if (ReferenceEquals(bucket.Limit, limit)) bucket.Permits.Take(_now, count);
        }
    }

    /// <summary>Nobody waits for a limit that is no more, and nobody holds anything of it.</summary>
    private void Drop(LimitGrain limit)
    {
        foreach (var grain in _running) grain.HeldPermits?.RemoveAll(h => ReferenceEquals(h.Bucket.Limit, limit));
        foreach (var bucket in limit.Buckets.Values)
        {
            _timers.Clear(bucket);
            ForgetUse(bucket);
            foreach (var acquirer in bucket.Acquirers.ToArray()) EndAcquire(acquirer, granted: false);
            bucket.Open();
        }
    }

    private void ApplyTenantLimit(TenantGrain tenant)
    {
        if (_tenantLimits.Buckets.TryGetValue(tenant.Name, out var bucket)) Change(bucket);
    }
}
