namespace Worcr.Protocol;

/// <summary>Figures of a namespace at one moment. Counters count since its dispatcher started.</summary>
/// <param name="Namespace">Its name.</param>
/// <param name="Jobs">All jobs.</param>
/// <param name="Tenants">Per tenant, the busiest first, at most 1,000.</param>
/// <param name="Types">Per type, the busiest first, at most 1,000.</param>
/// <param name="Workers">Sums over the workers.</param>
/// <param name="Latency">How long jobs wait for their start.</param>
public sealed record StatsDocument(
    string Namespace, StatsCounts Jobs, IReadOnlyList<StatsGroup> Tenants, IReadOnlyList<StatsGroup> Types, StatsWorkers Workers, StatsLatency Latency);
