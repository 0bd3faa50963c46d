using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A report that is answered as accepted is durable, once; a job succeeds only by the report of its current lease.</summary>
internal sealed class ReportCheck(SimulatedWorld world) : Check(world, "completion is recorded exactly once")
{
    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is not ReportRequest request || reply is not ReportReply answer) return;
        for (var i = 0; i < request.Reports.Count; i++)
        {
            if (answer.Accepted[i]) Accepted(request.Reports[i]);
            else World.Coverage.Count("report stale");
        }
    }

    public override void Applied(PendingCommit commit)
    {
        foreach (var outcome in commit.Work.Flush.Outcomes.Where(o => o.State == JobState.Succeeded))
        {
            var record = Ledger.Of(outcome.Seq);
            Demand(record.Leases.TryGetValue(outcome.Attempt, out var lease), $"job {Local(outcome.Seq)} succeeded in attempt {outcome.Attempt}, which has no durable lease");
            var token = new LeaseToken(lease.Seq, lease.Attempt, lease.Nonce);
            Demand(Ledger.Completes.Contains(token), $"job {Local(outcome.Seq)} succeeded in attempt {outcome.Attempt} and nobody said so");
            Demand(Result(outcome) == token.ToString(), $"job {Local(outcome.Seq)} has the result of another attempt");
        }
    }

    private static string Result(JobOutcome outcome) => System.Text.Encoding.UTF8.GetString(outcome.Result!).Trim('"');

    private void Accepted(in Report report)
    {
        var lease = report.Lease;
        var record = Ledger.Of(lease.Seq);
        Demand(record.AcceptedAttempts.Add(lease.Attempt), $"job {Local(lease.Seq)} attempt {lease.Attempt} was accepted twice");
        Demand(record.Leases[lease.Attempt].Nonce == lease.Nonce, $"job {Local(lease.Seq)} attempt {lease.Attempt} was accepted with a wrong token");
        if (report.Outcome == ReportOutcome.Complete)
        {
            Demand(record.EndOfAttempt.GetValueOrDefault(lease.Attempt) == JobState.Succeeded, $"job {Local(lease.Seq)} was answered as completed and is not stored so");
            return;
        }

        var stored = Store.Live.TryGetValue(lease.Seq, out var row) ? row.Attempt : Ledger.Finished(lease.Seq)!.Outcome!.Attempt;
        Demand(stored >= lease.Attempt, $"job {Local(lease.Seq)} attempt {lease.Attempt} was answered as {report.Outcome} and is not stored so");
    }
}
