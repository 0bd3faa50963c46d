using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A route as it is now.</summary>
public sealed record RouteDocument : RouteBody
{
    /// <summary>What is likely to be a mistake.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Warnings { get; init; }
}
