using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>What follows a job comes once, after the job and all its children have ended; a parent that waits comes back when none of them lives, and only then.</summary>
internal sealed class FamilyCheck(SimulatedWorld world) : Check(world, "families end together")
{
    private readonly Dictionary<Guid, HashSet<long>> _children = [];
    private readonly HashSet<Guid> _expected = [];
    private readonly HashSet<Guid> _followed = [];
    private readonly List<Job> _woken = [];
    private readonly Dictionary<long, (int Attempt, long[] Children)> _waiting = [];

    public override void Applying(PendingCommit commit)
    {
        foreach (var job in commit.Work.Flush.Updates)
        {
            if (!Store.Live.TryGetValue(job.Seq, out var former) || job.Attempt == 0) continue;
            if (former.DueAt != Job.WaitsForJobs && job.DueAt == Job.WaitsForJobs) World.Coverage.Count("parent waits");
            if (former.DueAt == Job.WaitsForJobs && job.DueAt == 0) _woken.Add(job);
        }
    }

    public override void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        foreach (var job in flush.Inserts.Where(j => !flush.Revivals.Contains(j.Seq))) Inserted(job);
        foreach (var job in flush.Inserts.Where(j => !flush.Revivals.Contains(j.Seq)))
        {
            if (Ledger.SpecOf(job).Template?.Split(':') is ["then", var id]) Followed(Guid.Parse(id));
        }

        foreach (var job in _woken) Woken(job, flush);
        _woken.Clear();
    }

    /// <summary>A worker that was told that its job waits: those of its children that lived then have to end before the next attempt.</summary>
    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is not ReportRequest request || reply is not ReportReply answer) return;
        for (var i = 0; i < answer.Accepted.Count; i++)
        {
            var report = request.Reports[i];
            if (!report.UntilChildren || !answer.Accepted[i]) continue;
            if (!Store.Live.TryGetValue(report.Lease.Seq, out var row) || row.Attempt != report.Lease.Attempt || row.DueAt != Job.WaitsForJobs) continue;
            _waiting[row.Seq] = (row.Attempt, [.. Living(row.Id)]);
        }
    }

    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!_waiting.TryGetValue(record.Seq, out var wait) || job.Attempt <= wait.Attempt || record.IsHurried || record.IsRevived) return;
        if (wait.Children.Length > 0) World.Coverage.Count("parent started again");
        foreach (var child in wait.Children) Demand(IsOver(child), $"job {Local(record.Seq)} starts again while its child {Local(child)} lives");
    }

    public override void Ended()
    {
        foreach (var id in _expected) Demand(_followed.Contains(id), $"nothing follows job {Local(Ledger.Find(id)!.Seq)}");
    }

    private void Inserted(Job job)
    {
        if (job.Options.Then is not null) _expected.Add(job.Id);
        if (job.Options.Parent is not { } parent) return;
        World.Coverage.Count("child stored");
        Demand(!_followed.Contains(parent) || Ledger.Find(parent)!.IsRevived, $"job {Local(job.Seq)} becomes a child of one that was followed");
        if (!_children.TryGetValue(parent, out var children)) _children.Add(parent, children = []);
        children.Add(job.Seq);
    }

    private void Followed(Guid parent)
    {
        var record = Ledger.Find(parent)!;
        World.Coverage.Count(_children.ContainsKey(parent) ? "family followed" : "childless job followed");
        Demand(_followed.Add(parent), $"job {Local(record.Seq)} is followed twice");
        Demand(IsOver(record.Seq), $"job {Local(record.Seq)} is followed while it lives");
        foreach (var child in Living(parent)) Demand(false, $"job {Local(record.Seq)} is followed while its child {Local(child)} lives");
    }

    /// <summary>A child that comes in the same flush may have come after that.</summary>
    private void Woken(Job job, Flush flush)
    {
        World.Coverage.Count("parent came back");
        if (Ledger.Of(job.Seq).IsHurried) return;
        foreach (var child in Living(job.Id)) Demand(flush.Inserts.Exists(j => j.Seq == child), $"job {Local(job.Seq)} comes back while its child {Local(child)} lives");
    }

    private IEnumerable<long> Living(Guid parent) => _children.GetValueOrDefault(parent, []).Where(child => !IsOver(child));

    private bool IsOver(long seq) => Ledger.Of(seq).IsRevived || !Ledger.IsLive(seq);
}
