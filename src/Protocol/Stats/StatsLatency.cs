namespace Worcr.Protocol;

/// <summary>Percentiles of the time from enqueue (or due time) to lease over the last 4,096 leases, in milliseconds.</summary>
/// <param name="P50">Half of the jobs waited no longer.</param>
/// <param name="P95">95 of 100 waited no longer.</param>
/// <param name="P99">99 of 100 waited no longer.</param>
public sealed record StatsLatency(double P50, double P95, double P99);
