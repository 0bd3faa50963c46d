namespace Worcr.Core.Matching;

/// <summary>Which sets of tags: every non-empty part has to hold.</summary>
public sealed record TagMatch
{
    /// <summary>Any tags.</summary>
    public static TagMatch Any { get; } = new();

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> All { get; init; } = [];

    /// <summary>At least one of these; empty: no demand.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>None of these.</summary>
    public IReadOnlyList<string> None { get; init; } = [];

    /// <summary>Whether the tags match.</summary>
    public bool Matches(IReadOnlyCollection<string> tags) =>
        All.All(tags.Contains) && (AnyOf.Count == 0 || AnyOf.Any(tags.Contains)) && !None.Any(tags.Contains);
}
