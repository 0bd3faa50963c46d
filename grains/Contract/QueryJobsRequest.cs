namespace Worcr.Grains;

/// <summary>Asks for a page of jobs, newest first. Null parts match everything.</summary>
/// <param name="State">A state, running included.</param>
/// <param name="Type">Exact type.</param>
/// <param name="Tenant">Exact tenant.</param>
/// <param name="Tag">A tag the job must have.</param>
/// <param name="Queue">Exact queue label.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
/// <param name="Cursor">Where the last page ended, or null.</param>
public sealed record QueryJobsRequest(JobState? State, string? Type, string? Tenant, string? Tag, string? Queue, int Limit, long? Cursor);
