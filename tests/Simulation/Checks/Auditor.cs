using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Shows every check everything.</summary>
internal sealed class Auditor
{
    private readonly SimulatedWorld _world;
    private readonly Check[] _checks;

    public Auditor(SimulatedWorld world)
    {
        _world = world;
        _checks =
        [
            new LifecycleCheck(world), new StrandCountCheck(world), new AcceptedCheck(world), new AllOrNoneCheck(world), new LeaseCheck(world),
            new ReportCheck(world), new AttemptCheck(world), new TimeCheck(world), new OrderCheck(world), new OrderKeyCheck(world),
            new UniqueCheck(world), new CheckpointCheck(world), new MemoryCheck(world), new FairnessCheck(world), new ViewCheck(world), new ScheduleCheck(world),
            new EndCheck(world), new CoverageCheck(world), new LimitCheck(world), new RateCheck(world), new PauseCheck(world), new BatchCheck(world), new BlackholeCheck(world),
            new FamilyCheck(world), new MemberCountCheck(world), new ShedCheck(world), new NeighbourCheck(world), new HoldBackCheck(world),
        ];
    }

    public void Loaded(NamespaceState state) => Array.ForEach(_checks, c => c.Loaded(state));

    public void Started(Silo silo) => Turned(silo);

    public void Taken(Silo silo, PendingCommit commit) => Array.ForEach(_checks, c => c.Taken(silo, commit));

    public void Applying(PendingCommit commit) => Array.ForEach(_checks, c => c.Applying(commit));

    public void Applied(PendingCommit commit)
    {
        _world.Ledger.Applied(commit);
        _world.Rules.Applied(commit.Work.Flush);
        var flush = (commit.Work.Flush.Ownership.Epoch, commit.Work.Number + 1);
        if (flush.CompareTo(_world.LastFlush) > 0) _world.LastFlush = flush;
        Array.ForEach(_checks, c => c.Applied(commit));
    }

    public void Committed(PendingCommit commit) => Array.ForEach(_checks, c => c.Committed(commit));

    public void Replied(SimulatedEnvelope call, object reply)
    {
        _world.Log.Add("replied " + call.Request.GetType().Name);
        if (reply is LeaseReply lease) Told(lease.Jobs);
        Array.ForEach(_checks, c => c.Replied(call, reply));
    }

    public void Told(SessionMessage message)
    {
        _world.Coverage.Count("told " + message.GetType().Name);
        if (message is SessionMessage.Run run) Told(run.Jobs);
    }

    public void Turned(Silo silo) => Array.ForEach(_checks, c => c.Turned(silo));

    public void Ended() => Array.ForEach(_checks, c => c.Ended());

    private void Told(IReadOnlyList<LeasedJob> jobs)
    {
        foreach (var job in jobs)
        {
            _world.Log.Add("told", job.Lease.Seq, job.Lease.Attempt);
            var record = _world.Ledger.Of(job.Lease.Seq);
            Array.ForEach(_checks, c => c.Told(job, record));
            record.MaxTold = Math.Max(record.MaxTold, job.Attempt);
        }
    }
}
