namespace Worcr.Protocol;

/// <summary>What happens a second, over the last minute.</summary>
/// <param name="Enqueued">Jobs enqueued.</param>
/// <param name="Started">Attempts started.</param>
/// <param name="Succeeded">Jobs that succeeded.</param>
public sealed record StatsRates(double Enqueued, double Started, double Succeeded);
