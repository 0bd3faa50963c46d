using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Comes with ids and leases of another namespace, and has no business here.</summary>
internal sealed class Stranger(SimulatedWorld world)
{
    private const int EveryMs = 250;
    private readonly SimulatedWorld[] _homes = [.. world.Installation.Worlds.Where(w => w != world)];

    public void Start() => world.Schedule.In(world.Chance.Gap(EveryMs), () =>
    {
        if (world.IsHealed) return;
        Start();
        var home = world.Chance.Of(_homes).Ledger;
        if (home.Ids.Count == 0) return;
        var id = world.Chance.Of(home.Ids);
        var leases = home.Find(id)!.Leases;
        world.Cluster.Call(leases.Count > 0 && world.Chance.Hits(0.6) ? With(leases.Values.Last()) : With(id), _ => { });
    });

    private object With(LeaseEntry entry)
    {
        var lease = new LeaseToken(entry.Seq, entry.Attempt, entry.Nonce);
        return world.Chance.Next(6) switch
        {
            0 => new ReportRequest([new Report(lease, ReportOutcome.Complete, "1"u8.ToArray(), null, -1)]),
            1 => new ReportRequest([new Report(lease, ReportOutcome.Fail, null, new JobError("stranger", "of another namespace"), -1)]),
            2 => new NoteRequest.Checkpoint(lease, "stranger", "1"u8.ToArray()),
            3 => new NoteRequest.Extend(lease),
            4 => new NoteRequest.GoOn(lease),
            _ => new AcquireRequest(lease, $"l{world.Chance.Between(3, 6)}", "", 1, 0),
        };
    }

    private object With(Guid id) => world.Chance.Next(7) switch
    {
        0 => new GetJobRequest(id),
        1 => new ControlJobRequest(id, ControlAction.Cancel),
        2 => new ControlJobRequest(id, ControlAction.Interrupt),
        3 => new LogsRequest(id, 0, 10),
        4 => new ExplainRequest.OfJob(id),
        5 => new WaitJobRequest(id, 50),
        _ => new HeldLeaseRequest(id, null),
    };
}
