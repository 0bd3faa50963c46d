namespace Worcr.Protocol;

/// <summary>What a bulk action did.</summary>
/// <param name="Affected">How many jobs were changed, or would be in a dry run.</param>
public sealed record BulkJobsAnswer(long Affected);
