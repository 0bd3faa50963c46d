using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>The counts of strands, folded and in the journal, are the numbers of stored rows; and what the dispatcher believes is never mended.</summary>
internal sealed class StrandCountCheck(SimulatedWorld world) : Check(world, "strand counts equal the rows")
{
    public override void Applied(PendingCommit commit)
    {
        foreach (var (recorded, stored) in Store.WrongStrands())
        {
            Demand(false, $"after flush {commit.Work.Number}: lane {Local(recorded.LaneId)} priority {recorded.Priority} is counted {recorded.Count}, has {stored}");
        }
    }

    /// <summary>A former owner reads what its successor writes: its counts mean nothing, and it can write nothing.</summary>
    public override void Turned(Silo silo)
    {
        if (silo.IsOwner) Demand(silo.Dispatcher.Drift == 0, $"the dispatcher found its counts wrong by {silo.Dispatcher.Drift}");
    }
}
