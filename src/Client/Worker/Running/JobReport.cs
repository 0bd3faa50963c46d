namespace Worcr.Client.Running;

/// <summary>How an attempt ended, as it is told to the server.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Result">UTF-8 JSON, or empty.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Microseconds">How long the handler ran.</param>
internal readonly record struct JobReport(JobOutcome Outcome, ReadOnlyMemory<byte> Result, JobFault? Failure, long Microseconds)
{
    /// <summary>A yield that lasts until the job's children have ended.</summary>
    public bool UntilChildren { get; init; }
}
