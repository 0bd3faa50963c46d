using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A blackhole as it is now.</summary>
public sealed record BlackholeDocument : BlackholeBody
{
    /// <summary>Jobs it discarded since it was made.</summary>
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
