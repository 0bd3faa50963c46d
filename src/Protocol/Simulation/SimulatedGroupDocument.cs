namespace Worcr.Protocol;

/// <summary>A simulated tenant or type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Jobs">Its jobs.</param>
/// <param name="Latency">How long they waited.</param>
/// <param name="Slo">How they kept to their objectives.</param>
/// <param name="BusySeconds">The run time of all attempts, in seconds.</param>
/// <param name="Share">A tenant's share.</param>
/// <param name="Fair">What a tenant got of what it was entitled to while it waited beside others; absent: it never did.</param>
public sealed record SimulatedGroupDocument(
    string Name, SimulatedCounts Jobs, SimulatedLatency Latency, SimulatedSlo Slo, double BusySeconds, double? Share = null, double? Fair = null);
