namespace Worcr.Store;

/// <summary>The number of stored jobs without a due time in one strand (a lane's jobs of one priority), leased ones included.</summary>
public readonly record struct StrandCount(long LaneId, int Priority, long Count);
