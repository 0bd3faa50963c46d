using Worcr.Core.Rules;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A shed rule discards jobs that it matches and that have not begun, and each has its receipt.</summary>
internal sealed class ShedCheck(SimulatedWorld world) : Check(world, "what is shed was matched and had not begun")
{
    private const string Code = "shed:";

    public override void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        foreach (var outcome in flush.Outcomes.Where(o => o.Error?.Code.StartsWith(Code, StringComparison.Ordinal) == true))
        {
            var (name, shape) = (outcome.Error!.Code[Code.Length..], Ledger.Of(outcome.Seq).Shape);
            World.Coverage.Count(flush.Inserts.Exists(j => j.Seq == outcome.Seq) ? "job shed as it came" : "job shed instead of started");
            Demand(outcome is { State: JobState.Discarded } && (outcome.Attempt == 0 || Ledger.Of(outcome.Seq).IsRevived), $"job {Local(outcome.Seq)} is {outcome.State} after attempt {outcome.Attempt}");
            var rules = World.Rules.EverOf(ResourceKind.Shed, name).Cast<ShedRule>();
            Demand(rules.Any(r => r.Action == ShedAction.Discard && r.Match.Matches(shape)), $"rule '{name}' shed job {Local(outcome.Seq)}, which it does not match");
        }
    }

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (reply is EnqueueReply { Refusal: { Kind: RefusalKind.Overloaded } refusal } && refusal.Detail.StartsWith("Shed rule", StringComparison.Ordinal)) World.Coverage.Count("request shed");
    }
}
