namespace Worcr.Store;

/// <summary>A lane: the dictionary entry that the jobs' rows refer to.</summary>
/// <param name="LaneId">Unique in the whole store; the namespace number is in the high bits.</param>
/// <param name="Shape">What its jobs have in common.</param>
/// <param name="CreatedDay">Days since 1970-01-01 when it was first used.</param>
public sealed record LaneRecord(long LaneId, LaneShape Shape, int CreatedDay);
