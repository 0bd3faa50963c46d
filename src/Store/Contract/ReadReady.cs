namespace Worcr.Store;

/// <summary>Asks for jobs of one strand without a due time.</summary>
/// <param name="Lane">The lane; its shape is given to the jobs that come back.</param>
/// <param name="Priority">The strand.</param>
/// <param name="AfterSeq">Only jobs above this.</param>
/// <param name="BeforeSeq">Only jobs below this: what is not yet committed stays out.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="MaxInlineArgs">Arguments longer than this, in bytes, are left out (<see cref="Job.Args"/> null).</param>
public sealed record ReadReady(LaneRecord Lane, int Priority, long AfterSeq, long BeforeSeq, int Limit, int MaxInlineArgs);
