namespace Worcr.Grains;

/// <summary>How one attempt ended.</summary>
/// <param name="Lease">Which.</param>
/// <param name="Outcome">How.</param>
/// <param name="Result">UTF-8 JSON, at most 1 MiB, or null.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="RunMs">How long the handler ran, in milliseconds, if the worker says; below 0: unknown.</param>
/// <param name="UntilChildren">A yield that lasts until all children have ended.</param>
public readonly record struct Report(LeaseToken Lease, ReportOutcome Outcome, byte[]? Result = null, JobError? Error = null, double RunMs = -1, bool UntilChildren = false);
