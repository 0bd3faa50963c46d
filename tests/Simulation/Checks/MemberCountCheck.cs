using Worcr.Grains.Batches;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A batch, or a family, counts as pending the jobs of it that live, in every flush that says something of it.</summary>
internal sealed class MemberCountCheck(SimulatedWorld world) : Check(world, "what is pending of a batch lives")
{
    public override void Applied(PendingCommit commit)
    {
        foreach (var state in commit.Work.Flush.Resources.Where(r => r.Kind == BatchState.Kind).GroupBy(r => r.Name).Select(g => g.Last()))
        {
            if (state.Body is null) continue;
            var (id, pending) = (Guid.Parse(state.Name), BatchState.Decode(state.Body).Pending);
            var living = Store.Live.Values.Count(j => j.Options.Batch == id);
            Demand(pending == living, $"{pending} jobs of {id} are said to be pending and {living} live");
        }

        foreach (var outcome in commit.Work.Flush.Outcomes)
        {
            var batch = Ledger.Of(outcome.Seq).Batch;
            Demand(batch is null || SaysSomethingOf(batch.Value, commit.Work.Flush), $"job {Local(outcome.Seq)} ends and its batch says nothing");
        }
    }

    /// <summary>A batch that nobody knows any more has nothing to say.</summary>
    private bool SaysSomethingOf(Guid batch, Flush flush) =>
        flush.Resources.Exists(r => r.Kind == BatchState.Kind && r.Name == batch.ToString()) || !Store.Resources.Any(k => k.Kind == BatchState.Kind && k.Name == batch.ToString());
}
