using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A limit as it is now.</summary>
public sealed record LimitDocument : LimitBody
{
    /// <summary>How much is allowed now: an adaptive limit's value, else <see cref="LimitBody.Limit"/>.</summary>
    [JsonPropertyOrder(1)]
    public required int Current { get; init; }

    /// <summary>How many keys it has now.</summary>
    [JsonPropertyOrder(1)]
    public required int Keys { get; init; }

    /// <summary>Its keys, the most used first, at most 100.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<LimitUsageDocument> Usage { get; init; }

    /// <summary>The latest changes of an adaptive limit, newest first, at most 100.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<LimitChangeDocument> History { get; init; }

    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
