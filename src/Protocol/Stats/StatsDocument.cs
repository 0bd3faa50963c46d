namespace Worcr.Protocol;

/// <summary>Figures of a namespace at one moment. Counters count since its dispatcher started.</summary>
/// <param name="Namespace">Its name.</param>
/// <param name="Jobs">All jobs.</param>
/// <param name="Tenants">Per tenant, the busiest first, at most 1,000.</param>
/// <param name="Types">Per type, the busiest first, at most 1,000.</param>
/// <param name="Workers">Sums over the workers.</param>
/// <param name="Latency">How long jobs wait for their start.</param>
public sealed record StatsDocument(
    string Namespace, StatsCounts Jobs, IReadOnlyList<StatsGroup> Tenants, IReadOnlyList<StatsGroup> Types, StatsWorkers Workers, StatsLatency Latency)
{
    /// <summary>How near to capacity the dispatcher is.</summary>
    public StatsLoad? Load { get; init; }

    /// <summary>What happens a second, over the last minute.</summary>
    public StatsRates? Throughput { get; init; }

    /// <summary>Jain's index over the tenants that have jobs waiting: what each was served for its share in the last minute. 1: evenly; 1/n: one of n got all.</summary>
    public double? Fairness { get; init; }

    /// <summary>Keys of limits that are in use, the fullest first, at most 100.</summary>
    public IReadOnlyList<StatsLimit>? Limits { get; init; }

    /// <summary>How jobs with an objective start.</summary>
    public StatsSlo? Slo { get; init; }

    /// <summary>Endpoints, the 100 that were sent most.</summary>
    public IReadOnlyList<StatsEndpoint> Endpoints { get; init; } = [];
}
