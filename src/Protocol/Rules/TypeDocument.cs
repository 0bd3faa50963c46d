using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A type as it is now.</summary>
public sealed record TypeDocument : TypeBody
{
    /// <summary>Its ready jobs.</summary>
    [JsonPropertyOrder(1)]
    public required long Waiting { get; init; }

    /// <summary>Its running jobs.</summary>
    [JsonPropertyOrder(1)]
    public required long Running { get; init; }

    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
