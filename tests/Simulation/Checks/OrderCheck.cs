using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Inside a lane: by priority, then first in, first out, among jobs that were ready all the time and never touched.</summary>
internal sealed class OrderCheck(SimulatedWorld world) : Check(world, "priority, then first in, first out")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        var begun = record.LeaseBegunAt[job.Attempt];
        foreach (var other in Store.Live.Values)
        {
            if (other.DueAt != 0 || other.Attempt != 0 || other.ExpiresAt != 0 || !other.Shape.Equals(row.Shape)) continue;
            var isBefore = other.Priority > row.Priority || (other.Priority == row.Priority && other.Seq < row.Seq);
            if (!isBefore) continue;
            var late = Ledger.Of(other.Seq);
            Demand(late.ReadySince >= begun || late.Leases.Count > 0, $"job {Local(row.Seq)} overtakes job {Local(other.Seq)}");
        }
    }
}
