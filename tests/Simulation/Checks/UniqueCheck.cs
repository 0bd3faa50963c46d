using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A unique key has one holder: nobody is accepted beside it against the policy.</summary>
internal sealed class UniqueCheck(SimulatedWorld world) : Check(world, "unique keys have one holder")
{
    private readonly Dictionary<string, SortedSet<long>> _holders = new(StringComparer.Ordinal);

    public override void Applied(PendingCommit commit)
    {
        foreach (var taken in commit.Work.Flush.LocksTaken)
        {
            if (!_holders.TryGetValue(taken.Key, out var seqs)) _holders.Add(taken.Key, seqs = []);
            seqs.Add(taken.Seq);
        }
    }

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is not EnqueueRequest request || reply is not EnqueueReply answer) return;
        if (answer.Refusal is { Kind: RefusalKind.UniqueConflict }) World.Coverage.Count("unique conflict refused");
        for (var i = 0; i < answer.Jobs.Count; i++)
        {
            if (request.Jobs[i].Options.Unique is { } policy && !answer.Jobs[i].Duplicate) Accepted(policy, Ledger.Find(answer.Jobs[i].Id)!);
        }
    }

    private void Accepted(UniquePolicy policy, JobRecord taker)
    {
        World.Coverage.Count("unique key taken");
        var former = _holders.GetValueOrDefault(policy.Key)?.Where(s => s < taker.Seq).DefaultIfEmpty().Max() ?? 0;
        if (former == 0 || !Store.Live.TryGetValue(former, out var row)) return;
        var holder = Ledger.Of(former);
        var unique = row.Options.Unique!;
        var acceptedAt = Store.Live.TryGetValue(taker.Seq, out var now) ? now.CreatedAt : Ledger.Finished(taker.Seq)!.Job.CreatedAt;
        if (holder.IsRevived || (unique.ForMs > 0 && row.CreatedAt + unique.ForMs <= acceptedAt)) return;
        var hasStarted = holder.Leases.Count > 0 || row.Attempt > 0;
        var holds = policy.OnConflict == UniqueConflict.Replace ? !hasStarted : unique.Until != UniqueUntil.Started || !hasStarted;
        Demand(!holds, $"job {Local(taker.Seq)} takes key {policy.Key} ({policy.OnConflict}) while job {Local(former)} ({unique.Until}, {row.State}) holds it");
        World.Coverage.Count("unique key taken over");
    }
}
