using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>In a healed world every job finishes, every caller is answered, and nothing is left over.</summary>
internal sealed class EndCheck(SimulatedWorld world) : Check(world, "in a healed world everything comes to its end")
{
    public override void Ended()
    {
        foreach (var job in Store.Live.Values) Demand(false, $"{Store.Live.Count} jobs are left; job {Local(job.Seq)} is {job.State}, attempt {job.Attempt}, lane {Local(job.LaneId)}, due {job.DueAt}, now {World.Cluster.Current?.Clock}");
        var silo = World.Cluster.Current!;
        foreach (var call in silo.Open) Demand(call.IsReplied, $"a {call.Request.GetType().Name} was never answered");
        Demand(silo.Dispatcher.OpenLeases == 0, $"{silo.Dispatcher.OpenLeases} leases are open");
        Demand(silo.Gauges.Jobs == 0, $"{silo.Gauges.Jobs} jobs are in memory");
        Demand(silo.Gauges.WindowJobs == 0, $"{silo.Gauges.WindowJobs} jobs are counted in windows");
        Demand(silo.Gauges.Alarmed == 0, $"{silo.Gauges.Alarmed} alarms are counted");
    }
}
