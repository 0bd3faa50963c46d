namespace Worcr.Protocol;

/// <summary>A key as it is known to the server.</summary>
public sealed record KeyDocument
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required string Role { get; init; }

    /// <summary>Its first characters, by which people know it again.</summary>
    public required string Prefix { get; init; }

    /// <summary>Where it is good; absent: everywhere.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; absent: when it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The key itself: only in the answer that made it, and nowhere else ever.</summary>
    public string? Key { get; init; }
}
