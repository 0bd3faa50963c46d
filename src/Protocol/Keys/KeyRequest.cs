namespace Worcr.Protocol;

/// <summary>The body of <c>POST /v1/keys</c>.</summary>
public sealed record KeyRequest
{
    /// <summary>A name for people, 1 to 255 characters; unique, until the key is revoked.</summary>
    public required string Name { get; init; }

    /// <summary><c>admin</c>, <c>operator</c> (everything but keys), <c>producer</c>, <c>worker</c> or <c>viewer</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Where the key is good, 1 to 100 namespaces. Default: everywhere.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>How long the key is good, at least <c>1m</c>. Default: until it is revoked.</summary>
    public Duration? ExpiresIn { get; init; }
}
