namespace Worcr.Protocol;

/// <summary>When jobs are shed: exactly one of these.</summary>
public sealed record ShedCondition
{
    /// <summary>At least so many matching jobs are ready, 1 to 1,000,000,000,000.</summary>
    public long? Backlog { get; init; }

    /// <summary>The oldest matching ready job waits at least so long.</summary>
    public Duration? Oldest { get; init; }

    /// <summary>The dispatcher's load is at least this, above 0, at most 1 (at capacity).</summary>
    public double? Load { get; init; }
}
