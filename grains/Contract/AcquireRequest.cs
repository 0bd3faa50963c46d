namespace Worcr.Grains;

/// <summary>A worker's wish for permits of a limit (one with <c>use: worker</c>) while it runs a job.</summary>
/// <param name="Lease">The lease it runs the job by.</param>
/// <param name="Limit">The limit's name.</param>
/// <param name="Key">The key; empty when one is for all.</param>
/// <param name="Count">How many, at least 1.</param>
/// <param name="WaitMs">How long to wait for them, in milliseconds; 0: not at all.</param>
public sealed record AcquireRequest(LeaseToken Lease, string Limit, string Key, int Count, long WaitMs);
