namespace Worcr.Protocol;

/// <summary>A demand on tags.</summary>
public sealed record TagMatch
{
    /// <summary>All of these.</summary>
    public IReadOnlyList<string>? All { get; init; }

    /// <summary>At least one of these.</summary>
    public IReadOnlyList<string>? Any { get; init; }

    /// <summary>None of these.</summary>
    public IReadOnlyList<string>? None { get; init; }
}
