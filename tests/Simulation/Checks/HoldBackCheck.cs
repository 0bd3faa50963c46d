using Worcr.Core.Rules;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// Jobs that a shed rule lets wait for others start only while fewer of these are ready than the rule says. Others count here when they were ready, by the store, before the flush
/// with the lease began to gather, and are so still: these the dispatcher knew. Those that may wait, by their order key, for what is held back do not count. That no job waits for ever is said of all jobs in the healed world.
/// </summary>
internal sealed class HoldBackCheck(SimulatedWorld world) : Check(world, "what is held back starts when there are few others")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        var (flush, begun) = (record.LeaseFlush[job.Attempt], record.LeaseBegunAt[job.Attempt]);
        foreach (var (rule, shed) in World.Rules.KnownTo<ShedRule>(flush))
        {
            if (shed is not { Action: ShedAction.Defer, Of: not null, Backlog: > 0 } || !IsSheddable(flush, record.Shape.Type)) continue;
            var held = Store.Live.Values.Where(j => j.DueAt == 0 && j.Shape.OrderKey is not null && shed.Match.Matches(Ledger.Of(j.Seq).Shape)).Select(j => j.Shape.OrderKey!).ToHashSet(StringComparer.Ordinal);
            var others = Store.Live.Values.Count(j => j.Seq != row.Seq && j.DueAt == 0 && IsReadySince(j, begun) && shed.Counts(Ledger.Of(j.Seq).Shape) && (j.Shape.OrderKey is not { } key || !held.Contains(key)));
            if (others < shed.Backlog) continue;
            if (Store.Live.Values.Any(j => j.DueAt == 0 && IsReadySince(j, begun) && shed.Match.Matches(Ledger.Of(j.Seq).Shape))) World.Coverage.Count("job held back by a shed rule");
            Demand(!shed.Match.Matches(record.Shape), $"job {Local(row.Seq)} starts although {others} others are ready and rule '{rule.Name}' lets it wait for {shed.Backlog}");
        }
    }

    private bool IsReadySince(Job job, long begun) => Ledger.Of(job.Seq) is { Leases.Count: 0 } known && known.ReadySince > 0 && known.ReadySince < begun;

    private bool IsSheddable((long, long) flush, string type) => World.Rules.KnownTo<TypeRule>(flush).All(r => r.Rule.Name != type || r.Body.IsSheddable);
}
