namespace Worcr.Protocol;

/// <summary>Sums over the workers of a namespace.</summary>
/// <param name="Sessions">How many there are.</param>
/// <param name="Slots">How many jobs they can run at once.</param>
/// <param name="Held">How many leases they hold.</param>
public sealed record StatsWorkers(int Sessions, long Slots, long Held);
