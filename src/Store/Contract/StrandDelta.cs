namespace Worcr.Store;

/// <summary>A change of the number of stored jobs in one strand (a lane's jobs of one priority).</summary>
public readonly record struct StrandDelta(long LaneId, int Priority, int Delta);
