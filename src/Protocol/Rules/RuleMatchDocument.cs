namespace Worcr.Protocol;

/// <summary>Which jobs on which workers: every part that is given has to hold.</summary>
public sealed record RuleMatchDocument : MatchDocument
{
    /// <summary>What the worker's tags must be.</summary>
    public TagMatch? Worker { get; init; }

    /// <summary>A function that decides: not in this version.</summary>
    public string? Function { get; init; }
}
