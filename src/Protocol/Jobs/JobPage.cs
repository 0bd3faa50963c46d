namespace Worcr.Protocol;

/// <summary>A page of jobs, newest first, without arguments and results.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last one.</param>
public sealed record JobPage(IReadOnlyList<JobDocument> Jobs, string? Next = null);
