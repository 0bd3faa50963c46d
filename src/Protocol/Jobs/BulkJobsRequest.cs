namespace Worcr.Protocol;

/// <summary>Asks to change all jobs that match: the body of <c>POST /v1/jobs/bulk</c>.</summary>
public sealed record BulkJobsRequest
{
    /// <summary><c>cancel</c>, <c>retry</c>, <c>discard</c> or <c>reweigh</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Which jobs; absent parts match everything.</summary>
    public required MatchDocument Match { get; init; }

    /// <summary>Only jobs in these states. Default: those that the action can act on.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>The new weight, for <c>reweigh</c> only.</summary>
    public double? Weight { get; init; }

    /// <summary>Only count. Default: false.</summary>
    public bool? DryRun { get; init; }
}
