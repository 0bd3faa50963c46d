using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>In a healed world every job finishes, every caller is answered, and nothing is left over.</summary>
internal sealed class EndCheck(SimulatedWorld world) : Check(world, "in a healed world everything comes to its end")
{
    private const long PatienceMs = 6_000;

    private long _stoodStillAt;

    /// <summary>After its clock jumped back a dispatcher's time stands still, and what waits waits.</summary>
    public override void Turned(Silo silo)
    {
        if (silo.Dispatcher.Now > silo.Clock) _stoodStillAt = World.Now;
    }

    public override void Ended()
    {
        foreach (var job in Store.Live.Values) Demand(false, $"{Store.Live.Values.Count()} jobs are left; job {Local(job.Seq)} is {job.State}, attempt {job.Attempt}, lane {Local(job.LaneId)}, due {job.DueAt}, now {World.Cluster.Current?.Clock}");
        var silo = World.Cluster.Current!;
        foreach (var call in silo.Open.Where(c => Math.Max(c.SentAt, _stoodStillAt) < World.Now - PatienceMs)) Demand(call.IsReplied, $"a {call.Request.GetType().Name} was never answered");
        Demand(silo.Dispatcher.OpenLeases == 0, $"{silo.Dispatcher.OpenLeases} leases are open");
        Demand(silo.Gauges.Jobs == 0, $"{silo.Gauges.Jobs} jobs are in memory");
        Demand(silo.Gauges.WindowJobs == 0, $"{silo.Gauges.WindowJobs} jobs are counted in windows");
        Demand((silo.Gauges.AskedJobs, silo.Gauges.AwaitedHeads) == (0, 0), $"{silo.Gauges.AskedJobs} jobs and {silo.Gauges.AwaitedHeads} heads are being read");
        Demand(silo.Gauges.Alarmed == 0, $"{silo.Gauges.Alarmed} alarms are counted");
    }
}
