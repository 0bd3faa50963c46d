using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>An endpoint as it is now. Counts are since the silo sends to it.</summary>
public sealed record EndpointDocument : EndpointBody
{
    /// <summary>Tells secrets apart without saying them: the beginning of the SHA-256 of the one it has.</summary>
    [JsonPropertyOrder(1)]
    public required string SecretDigest { get; init; }

    /// <summary><c>open</c>; <c>resting</c>: it is sent nothing for a while; <c>trying</c>: one job at a time; <c>paused</c>.</summary>
    [JsonPropertyOrder(1)]
    public required string State { get; init; }

    /// <summary>Until when it rests, or absent.</summary>
    [JsonPropertyOrder(1)]
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>Jobs that it has: requests under way, and what it answered 202 to.</summary>
    [JsonPropertyOrder(1)]
    public required int InFlight { get; init; }

    /// <summary>Requests that were answered with success.</summary>
    [JsonPropertyOrder(1)]
    public required long Delivered { get; init; }

    /// <summary>Requests that failed.</summary>
    [JsonPropertyOrder(1)]
    public required long Failed { get; init; }

    /// <summary>The same, by how they ended.</summary>
    [JsonPropertyOrder(1)]
    public EndpointAnswersDocument? Answers { get; init; }

    /// <summary>How often it was sent nothing for a while, because it asked for that or was not there.</summary>
    [JsonPropertyOrder(1)]
    public long Rests { get; init; }

    /// <summary>The last failure, or absent.</summary>
    [JsonPropertyOrder(1)]
    public EndpointError? LastError { get; init; }
}
