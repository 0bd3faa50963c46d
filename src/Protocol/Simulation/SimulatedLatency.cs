namespace Worcr.Protocol;

/// <summary>Waits from enqueue to the first start of those jobs that started, in milliseconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">Half of the jobs waited no longer.</param>
/// <param name="P95">95 of 100 waited no longer.</param>
/// <param name="P99">99 of 100 waited no longer.</param>
/// <param name="Max">The longest.</param>
public sealed record SimulatedLatency(double Mean, long P50, long P95, long P99, long Max);
