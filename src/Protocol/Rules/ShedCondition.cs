namespace Worcr.Protocol;

/// <summary>When jobs are shed: exactly one of backlog, oldest and load.</summary>
public sealed record ShedCondition
{
    /// <summary>At least so many jobs are ready, 1 to 1,000,000,000,000.</summary>
    public long? Backlog { get; init; }

    /// <summary>The oldest ready job waits at least so long.</summary>
    public Duration? Oldest { get; init; }

    /// <summary>Whose backlog or oldest job is meant: other jobs than those that the rule matches. Default: those that it matches.</summary>
    public RuleMatchDocument? Of { get; init; }

    /// <summary>The dispatcher's load is at least this, above 0, at most 1 (at capacity).</summary>
    public double? Load { get; init; }
}
