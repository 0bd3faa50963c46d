using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A schedule as it is now.</summary>
public sealed record ScheduleDocument : ScheduleBody
{
    /// <summary>Its next times, at most 5.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<DateTimeOffset> NextRuns { get; init; }

    /// <summary>The last time for which a job was enqueued.</summary>
    [JsonPropertyOrder(1)]
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>That job.</summary>
    [JsonPropertyOrder(1)]
    public Guid? LastJob { get; init; }

    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
