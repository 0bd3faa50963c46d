using System.Text;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Counts what happens in the store.</summary>
internal sealed class CoverageCheck(SimulatedWorld world) : Check(world, "coverage")
{
    private readonly Dictionary<LaneShape, long> _laneIds = [];

    public override void Applying(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        Count("job stored", flush.Inserts.Count);
        Count("flush written", 1);
        Count("revival", flush.Revivals.Count);
        Count("lease stored", flush.Leases.Count);
        Count("key taken", flush.LocksTaken.Count);
        Count("key released", flush.LocksReleased.Count);
        Count("notes stored", flush.Notes.Count);
        Count("resource stored", flush.Resources.Count);
        if (flush.Fold is { } fold) Count("fold", 1);
        foreach (var lane in flush.Lanes)
        {
            if (_laneIds.TryGetValue(lane.Shape, out var known) && known != lane.LaneId) Count("lane made anew", 1);
            _laneIds[lane.Shape] = lane.LaneId;
        }

        foreach (var job in flush.Updates) Updated(job);
        foreach (var outcome in flush.Outcomes) Count("job " + outcome.State, 1);
    }

    public override void Told(LeasedJob job, JobRecord record)
    {
        if (job.Args.Length > World.Scenario.Options.MaxInlineArgs) Count("large job told", 1);
    }

    private void Updated(Job job)
    {
        if (job.Attempts is { } attempts) Ended(Encoding.UTF8.GetString(attempts));
        if (!Store.Live.TryGetValue(job.Seq, out var was)) return;
        if (was.Shape.Weight != job.Shape.Weight) Count("reweigh", 1);
        if (job.State == JobState.Retry) Count("retry later", 1);
        if (was.DueAt > 0 && job.DueAt == 0) Count("job came due", 1);
        if (job.State == JobState.Ready && job.ReadyAt > job.CreatedAt && job.Shape.OrderKey is not null) Count("ordered job deferred", 1);
    }

    private void Ended(string attempts)
    {
        var last = attempts[attempts.LastIndexOf("\"outcome\":\"", StringComparison.Ordinal)..];
        foreach (var outcome in new[] { "fail", "yield", "timeout", "lost" })
        {
            if (last.StartsWith($"\"outcome\":\"{outcome}", StringComparison.Ordinal)) Count("attempt " + outcome, 1);
        }
    }

    private void Count(string what, long by)
    {
        if (by > 0) World.Coverage.Count(what, by);
    }
}
