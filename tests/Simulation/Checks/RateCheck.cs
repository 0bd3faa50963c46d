using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// Windows and buckets, by the times of the leases that were stored since the limit was edited last, across crashes. When the clock of a successor is behind
/// its predecessor's, counting starts anew.
/// </summary>
internal sealed class RateCheck(SimulatedWorld world) : Check(world, "no rate is ever exceeded")
{
    private const long KeptMs = 30_000;

    private readonly Dictionary<(string Limit, string Key), ((long Epoch, long Number) Version, List<long> Times)> _uses = [];
    private readonly HashSet<(long Seq, int Attempt, uint Nonce)> _counted = [];
    private readonly List<PendingCommit> _taken = [];
    private readonly Dictionary<PendingCommit, (JobRecord Record, LeaseEntry Lease)[]> _written = [];
    private long _epoch;
    private long _latest;

    public override void Taken(Silo silo, PendingCommit commit)
    {
        if (!commit.Work.Flush.IsEmpty) _taken.Add(commit);
    }

    /// <summary>
    /// Of two flushes under way the later one may be written first, and it knows of limits that the earlier one edits: so they are looked at in their order. What comes after one
    /// that is lost was told to nobody.
    /// </summary>
    public override void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        _written.Add(commit, [.. flush.Leases.Where(l => Ledger.Find(l.Seq) is not null).Select(l => (Ledger.Of(l.Seq), l))]);
        _taken.RemoveAll(t => t.Work.Flush.Ownership.Epoch < flush.Ownership.Epoch);
        while (_taken.Count > 0 && _written.Remove(_taken[0], out var leases))
        {
            Look(_taken[0].Work.Flush, leases);
            _taken.RemoveAt(0);
        }
    }

    private void Look(Flush flush, (JobRecord Record, LeaseEntry Lease)[] leases)
    {
        foreach (var (record, lease) in leases)
        {
            if (_counted.Add((lease.Seq, lease.Attempt, lease.Nonce))) Leased(record, lease, (flush.Ownership.Epoch, flush.Number));
        }

        foreach (var use in flush.Permits.Where(u => u.Seq == 0)) Acquired(use, (flush.Ownership.Epoch, flush.Number));
    }

    public override void Turned(Silo silo)
    {
        if (silo.Ownership.Epoch > _epoch && silo.Dispatcher.Now < _latest) _uses.Clear();
        _epoch = Math.Max(_epoch, silo.Ownership.Epoch);
        _latest = Math.Max(_latest, silo.Dispatcher.Now);
    }

    private void Leased(JobRecord record, LeaseEntry lease, (long, long) flush)
    {
        foreach (var (rule, limit) in World.Rules.KnownTo<LimitRule>(flush))
        {
            if (limit.Use != LimitUse.Job || limit.Limit.Kind == LimitKind.Concurrency || !limit.Match.Matches(record.Shape)) continue;
            if (LimitKeys.Of(limit.Key, record.Shape) is { } key) Used(rule, limit, key, lease.StartedAt, 1);
        }
    }

    /// <summary>What workers took is written by the dispatcher only.</summary>
    private void Acquired(PermitUse use, (long, long) flush)
    {
        foreach (var (rule, limit) in World.Rules.KnownTo<LimitRule>(flush))
        {
            if (rule.Name == use.Limit && limit.Use == LimitUse.Worker && limit.Limit.Kind != LimitKind.Concurrency) Used(rule, limit, use.Key, use.At, use.Count);
        }
    }

    private void Used(StandingRule rule, LimitRule limit, string key, long at, int count)
    {
        if (!_uses.TryGetValue((rule.Name, key), out var known) || known.Version != rule.Version) _uses[(rule.Name, key)] = known = (rule.Version, []);
        var times = known.Times;
        var index = times.Count;
        while (index > 0 && times[index - 1] > at) index--;
        for (var i = 0; i < count; i++) times.Insert(index, at);
        times.RemoveAll(t => t < times[^1] - limit.Limit.PeriodMs - KeptMs);
        World.Coverage.Count("rate counted");
        var spec = limit.Limit with { Limit = limit.Adaptive?.Max ?? limit.Limit.Limit };
        Demand(IsKept(spec, times), $"limit '{rule.Name}', key '{key}', of {spec} is exceeded at {string.Join(' ', times.TakeLast(12).Select(t => t - times[0]))}");
    }

    private static bool IsKept(LimitSpec spec, List<long> times) => spec.Kind switch
    {
        LimitKind.FixedWindow => times.GroupBy(t => t / spec.PeriodMs).All(w => w.Count() <= spec.Limit),
        LimitKind.SlidingWindow => times.Skip(spec.Limit).Zip(times).All(pair => pair.First - pair.Second >= spec.PeriodMs),
        _ => IsKeptByTokens(spec, times),
    };

    private static bool IsKeptByTokens(LimitSpec spec, List<long> times)
    {
        var (missing, before) = (0L, times[0]);
        foreach (var at in times)
        {
            missing = Math.Max(0, missing - ((at - before) * spec.Limit)) + spec.PeriodMs;
            before = at;
            if (missing > (spec.Burst == 0 ? spec.Limit : spec.Burst) * spec.PeriodMs) return false;
        }

        return true;
    }
}
