using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A pause as it is now.</summary>
public sealed record PauseDocument : PauseBody
{
    /// <summary><c>pausing</c> while matching jobs run, then <c>paused</c>.</summary>
    [JsonPropertyOrder(1)]
    public required string State { get; init; }

    /// <summary>Jobs it held back since it was made.</summary>
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
