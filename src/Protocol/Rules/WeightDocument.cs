using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A weight rule as it is now.</summary>
public sealed record WeightDocument : WeightBody
{
    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
