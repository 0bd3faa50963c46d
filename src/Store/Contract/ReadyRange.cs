namespace Worcr.Store;

/// <summary>A part of one strand.</summary>
/// <param name="LaneId">The lane.</param>
/// <param name="Shape">Its shape, which the jobs that come back are given.</param>
/// <param name="Priority">The strand.</param>
/// <param name="AfterSeq">Only jobs above this.</param>
/// <param name="BeforeSeq">Only jobs below this: what is not yet committed stays out.</param>
/// <param name="Limit">At most so many.</param>
public readonly record struct ReadyRange(long LaneId, LaneShape Shape, int Priority, long AfterSeq, long BeforeSeq, int Limit);
