using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>Memory is bounded by lanes, windows, near alarms and running jobs, never by the backlog.</summary>
internal sealed class MemoryCheck(SimulatedWorld world) : Check(world, "memory is bounded")
{
    /// <summary>A window is never kept below this many jobs.</summary>
    private const int Least = 16;

    private int _busiest;

    public override void Turned(Silo silo)
    {
        var (options, gauges) = (World.Scenario.Options, silo.Gauges);
        var strand = (2 * options.StrandJobs) + Least;
        var windows = options.WindowJobs + (gauges.Lanes * strand);
        Demand(gauges.WindowJobs <= windows, $"{gauges.WindowJobs} ready jobs are in memory, {windows} allowed");
        Demand(gauges.LaneJobs == gauges.Jobs, $"{gauges.Jobs} jobs are in memory, {gauges.LaneJobs} of them in lanes that are known");
        if (gauges.AwaitedHeads > 0) World.Coverage.Count("head awaited");
        _busiest = Math.Max(_busiest, gauges.WindowJobs + silo.Dispatcher.OpenLeases);
        var alarms = options.AlarmJobs + (2 * options.AlarmChunk) + _busiest;
        var waiting = gauges.Jobs - gauges.WindowJobs - silo.Dispatcher.OpenLeases;
        Demand(waiting >= 0, $"{gauges.Jobs} jobs in memory are fewer than {gauges.WindowJobs} ready and {silo.Dispatcher.OpenLeases} running ones");
        Demand(waiting <= alarms, $"{waiting} waiting jobs are in memory, {alarms} allowed");
        var line = (2 * gauges.Sessions) + (Least * gauges.Classes);
        Demand(gauges.InLine <= line, $"{gauges.InLine} sessions stand in line, {line} allowed for {gauges.Sessions}");
        Demand(gauges.Claims == 0 || !silo.IsIdle, $"{gauges.Claims} ids and unique keys are in memory although everything is durable");
        Demand(gauges.Alarmed >= waiting, $"{gauges.Alarmed} alarms are counted for {waiting} waiting jobs");
    }
}
