namespace Worcr.Protocol;

/// <summary>Log lines of a job, oldest first.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Next">The <c>skip</c> of the next page; absent on the last one.</param>
public sealed record JobLogs(IReadOnlyList<JobLogLine> Lines, int? Next = null);
