using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>When a waiting job will about start.</summary>
public sealed partial class Dispatcher
{
    /// <summary>As fast as its tenant has been served lately, and not before everything that holds it lets go by itself. 0: it cannot be said.</summary>
    private long EstimatedStart(Lane lane, long position, long ahead, List<Reason> reasons)
    {
        if (reasons.Any(r => r.Code is "tenant-paused" or "no-worker" or "prohibited" or "workers-quiet" or "blackhole" or "draining") || HasNoSlot(lane)) return 0;
        var earliest = Math.Max(EndOfPauses(lane), RetryOf(lane));
        foreach (var bucket in lane.Buckets) earliest = Math.Max(earliest, OpensFor(bucket, position));
        if (earliest == long.MaxValue) return 0;
        var rate = lane.TenantGrain.Served.PerSecond(_now, _since);
        if (rate >= 0.001) return Math.Max(earliest, _now + (long)(1_000 * ahead / rate));
        return earliest > _now ? earliest : 0;
    }

    /// <summary>Whether workers may run it, and none of them has a slot.</summary>
    private bool HasNoSlot(Lane lane)
    {
        var takers = _classes.Values.Where(c => c.Serves(lane.Shape.Type, lane.Shape.Queue) && c.Takes(KindOf(lane))).ToHashSet();
        var sessions = _sessions.Values.Where(s => takers.Contains(s.Class)).ToArray();
        return sessions.Length > 0 && sessions.All(s => s.Slots == 0);
    }

    private long EndOfPauses(Lane lane)
    {
        var end = 0L;
        foreach (var pause in lane.Rules.Pauses)
        {
            if (ResourceOf<PauseRule>(ResourceKind.Pause, pause) is not { ExpiresAt: > 0 } rule) return long.MaxValue;
            end = Math.Max(end, rule.ExpiresAt);
        }

        return end;
    }

    private long RetryOf(Lane lane) => lane.Order is { Leased: 0 } order && FirstOf(order) is { } first ? first.Row.ReadyAt : 0;

    /// <summary>When a key of a limit lets the job start that has so many of its lane before it. What other lanes take of the key is not looked at.</summary>
    private long OpensFor(Bucket bucket, long position)
    {
        var (spec, opensAt) = (SpecOf(bucket), bucket.Permits.OpensAt(_now));
        if (spec.Limit == 0) return long.MaxValue;
        if (!bucket.IsRate) return opensAt == long.MaxValue ? 0 : opensAt;
        if (opensAt == long.MaxValue) return opensAt;
        var isBucket = spec.Kind == LimitKind.TokenBucket;
        var most = isBucket && spec.Burst > 0 ? spec.Burst : spec.Limit;
        var behind = position - (opensAt > _now ? 0 : most - bucket.Permits.Used(_now));
        if (behind < 0) return 0;
        var first = opensAt > _now || isBucket ? opensAt : _now + spec.PeriodMs;
        return first + (isBucket ? behind * spec.PeriodMs / spec.Limit : behind / spec.Limit * spec.PeriodMs);
    }
}
