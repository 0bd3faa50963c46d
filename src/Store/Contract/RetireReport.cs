namespace Worcr.Store;

/// <summary>What <see cref="Retire"/> removed.</summary>
public sealed record RetireReport(int PartitionsDropped, int LocksExpired, int LanesForgotten);
