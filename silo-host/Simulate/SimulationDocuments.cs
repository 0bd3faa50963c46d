using Worcr.Grains.Simulation;
using Worcr.Protocol;

namespace Worcr.SiloHost.Simulate;

/// <summary>A simulation's result as it is written.</summary>
internal static class SimulationDocuments
{
    private const int MaxListed = 1_000;
    private const int MaxReasons = 5;
    private const double MsPerSecond = 1_000;

    /// <summary>The whole answer.</summary>
    public static SimulationAnswer From(SimulationResult result, double scale) => new()
    {
        Simulated = new Duration(result.ElapsedMs),
        Truncated = result.IsTruncated,
        Scale = scale,
        Jobs = Counts(result.All),
        Latency = Latency(result.All),
        Fairness = new SimulatedFairness(result.Fairness),
        Slo = Slo(result.All),
        Utilisation = new SimulatedUtilisation(result.Busy, result.Utilisation),
        Tenants = [.. result.Tenants.OrderByDescending(t => t.Group.Jobs).Take(MaxListed).Select(Group)],
        Types = [.. result.Types.OrderByDescending(t => t.Jobs).Take(MaxListed).Select(t => Group(t))],
        Waiting = [.. result.Waiting.Select(Waiting)],
    };

    private static SimulatedCounts Counts(SimulatedGroup g) => new(g.Jobs, g.Started, g.Succeeded, g.Ended, g.Refused);

    private static SimulatedLatency Latency(SimulatedGroup g) => new(g.MeanMs, g.Percentile(0.5), g.Percentile(0.95), g.Percentile(0.99), g.LongestMs);

    private static SimulatedSlo Slo(SimulatedGroup g) => new(g.Judged, g.Met, g.Judged == 0 ? 1 : (double)g.Met / g.Judged);

    private static SimulatedGroupDocument Group(SimulatedGroup g) => new(g.Name, Counts(g), Latency(g), Slo(g), g.BusyMs / MsPerSecond);

    private static SimulatedGroupDocument Group(SimulatedTenant t) =>
        Group(t.Group) with { Share = t.Share, Fair = t.Entitlement > 0 ? t.Service / t.Entitlement : null };

    private static SimulatedWaiting Waiting(LaneExplanation lane) => new(
        lane.Shape.Type, lane.Shape.Tenant, lane.Shape.Queue, lane.Ready,
        [.. lane.Reasons.Take(MaxReasons).Select(r => new ReasonDocument(r.Code, r.Text, r.Figures is null ? null : new RawJson(r.Figures)))]);
}
