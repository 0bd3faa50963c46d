using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A shed rule as it is now.</summary>
public sealed record ShedDocument : ShedBody
{
    /// <summary>Jobs it turned away or put off since it was made.</summary>
    [JsonPropertyOrder(1)]
    public required long Hits { get; init; }

    /// <summary>Ready jobs that match now.</summary>
    [JsonPropertyOrder(1)]
    public required long Waiting { get; init; }

    /// <summary>Running jobs that match now.</summary>
    [JsonPropertyOrder(1)]
    public required long Running { get; init; }

    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
