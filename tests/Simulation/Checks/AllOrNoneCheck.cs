using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>The jobs of one request are stored in one flush.</summary>
internal sealed class AllOrNoneCheck(SimulatedWorld world) : Check(world, "batches are stored all or none")
{
    public override void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        var fresh = flush.Inserts.Where(j => !flush.Revivals.Contains(j.Seq)).Select(Ledger.SpecOf).Where(s => s.IsPlain);
        foreach (var batch in fresh.GroupBy(s => s.Batch))
        {
            var (count, size) = (batch.Count(), batch.First().Size);
            Demand(count % size == 0, $"{count} jobs of a batch of {size} are in flush {commit.Work.Number}");
        }
    }
}
