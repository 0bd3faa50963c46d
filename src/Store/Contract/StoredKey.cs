namespace Worcr.Store;

/// <summary>A key, without the key: what is kept cannot be used to call.</summary>
public sealed record StoredKey
{
    /// <summary>Its name, for people; unique.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The first characters of the key, by which people know it again.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may do.</summary>
    public required string Role { get; init; }

    /// <summary>Where it may do it; null: in all namespaces.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it ends, Unix milliseconds; 0: never.</summary>
    public long ExpiresAt { get; init; }
}
