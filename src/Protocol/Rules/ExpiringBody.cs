using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A rule that can end by itself.</summary>
public abstract record ExpiringBody : ResourceBody
{
    /// <summary>Which jobs; <c>{}</c> is all of them.</summary>
    [JsonPropertyOrder(-1)]
    public required RuleMatchDocument Match { get; init; }

    /// <summary>When the rule ends by itself. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The same from now on; answers have <see cref="ExpiresAt"/>.</summary>
    public Duration? ExpiresIn { get; init; }
}
