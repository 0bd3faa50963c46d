using Worcr.Core.Rules;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A blackhole takes what it matches and nothing else, and all of that can be brought back.</summary>
internal sealed class BlackholeCheck(SimulatedWorld world) : Check(world, "what a blackhole took is exactly what comes back")
{
    private const string Code = "blackhole:";

    public override void Applied(PendingCommit commit)
    {
        foreach (var outcome in commit.Work.Flush.Outcomes.Where(o => o.Error?.Code.StartsWith(Code, StringComparison.Ordinal) == true))
        {
            var (name, shape) = (outcome.Error!.Code[Code.Length..], Ledger.Of(outcome.Seq).Shape);
            World.Coverage.Count("blackhole took a job");
            Demand(outcome.State == JobState.Discarded, $"job {Local(outcome.Seq)} is {outcome.State} in a blackhole");
            Demand(World.Rules.EverOf(ResourceKind.Blackhole, name).Cast<BlackholeRule>().Any(b => b.Match.Matches(shape)), $"blackhole '{name}' took job {Local(outcome.Seq)}, which it does not match");
        }
    }

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is RestoreRequest) World.Coverage.Count("blackhole gave a job back", ((BulkReply)reply).Affected);
    }

    public override void Ended()
    {
        var left = Store.History.FirstOrDefault(j => j.Outcome!.Error?.Code.StartsWith(Code, StringComparison.Ordinal) == true);
        Demand(left is null, $"job {Local(left?.Job.Seq ?? 0)} was not brought back");
    }
}
