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

        foreach (var job in _woken) Woken(job);
        _woken.Clear();
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

    private void Woken(Job job)
    {
        World.Coverage.Count("parent came back");
        if (Ledger.Of(job.Seq).IsHurried) return;
        foreach (var child in Living(job.Id)) Demand(false, $"job {Local(job.Seq)} comes back while its child {Local(child)} lives");
    }

    private IEnumerable<long> Living(Guid parent) => _children.GetValueOrDefault(parent, []).Where(child => !IsOver(child));

    private bool IsOver(long seq) => Ledger.Of(seq).IsRevived || !Ledger.IsLive(seq);
}
