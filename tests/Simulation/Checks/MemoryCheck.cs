using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Memory is bounded by lanes, windows, near alarms and running jobs, never by the backlog.</summary>
internal sealed class MemoryCheck(SimulatedWorld world) : Check(world, "memory is bounded")
{
    /// <summary>A window is never kept below this many jobs.</summary>
    private const int Least = 16;

    public override void Turned(Silo silo)
    {
        var (options, gauges) = (World.Scenario.Options, silo.Gauges);
        var strand = (2 * options.StrandJobs) + Least;
        var windows = options.WindowJobs + (gauges.Lanes * strand);
        Demand(gauges.WindowJobs <= windows, $"{gauges.WindowJobs} ready jobs are in memory, {windows} allowed");
        var alarms = 2 * (options.AlarmJobs + options.AlarmChunk);
        var waiting = gauges.Jobs - gauges.WindowJobs - silo.Dispatcher.OpenLeases;
        Demand(waiting >= 0, $"{gauges.Jobs} jobs in memory are fewer than {gauges.WindowJobs} ready and {silo.Dispatcher.OpenLeases} running ones");
        Demand(waiting <= alarms, $"{waiting} waiting jobs are in memory, {alarms} allowed");
        Demand(gauges.Alarmed >= waiting, $"{gauges.Alarmed} alarms are counted for {waiting} waiting jobs");
    }
}
