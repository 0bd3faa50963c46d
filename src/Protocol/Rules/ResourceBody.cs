using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>What operators say under a name.</summary>
public abstract record ResourceBody
{
    /// <summary>The name in the path again, or absent.</summary>
    [JsonPropertyOrder(-2)]
    public string? Name { get; init; }
}
