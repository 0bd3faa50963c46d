using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Of an order key never two run, and none starts before an older one has finished.</summary>
internal sealed class OrderKeyCheck(SimulatedWorld world) : Check(world, "order keys run one by one, in order")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        if (job.Shape.OrderKey is null || !Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        World.Coverage.Count("ordered job told");
        var begun = record.LeaseBegunAt[job.Attempt];
        foreach (var other in Store.Live.Values)
        {
            if (other.Seq == row.Seq || other.Shape.OrderKey != row.Shape.OrderKey) continue;
            if (!other.Shape.Equals(row.Shape)) World.Coverage.Count("order key spans lanes");
            var known = Ledger.Of(other.Seq);
            var isOpen = known.Leases.Count > 0 && known.Leases.Keys.Last() > other.Attempt;
            Demand(!isOpen, $"jobs {Local(other.Seq)} and {Local(row.Seq)} of one order key run at once");
            var isBefore = other.DueAt == 0 && other.ExpiresAt == 0 && (other.Priority > row.Priority || (other.Priority == row.Priority && other.Seq < row.Seq));
            Demand(!isBefore || known.ReadySince >= begun, $"job {Local(row.Seq)} starts before job {Local(other.Seq)} of its order key");
        }
    }
}
