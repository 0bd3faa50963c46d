using System.Text.Json;

namespace Worcr.Grains.Batches;

/// <summary>What of a batch never changes: a resource, written once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Life">A random number: callbacks of a batch that is made anew under the same id have other ids.</param>
/// <param name="CreatedAt">When it was accepted, Unix milliseconds.</param>
internal sealed record BatchDefinition(Guid Id, long Life, long CreatedAt)
{
    /// <summary>The kind of the resource.</summary>
    public const string Kind = "batch";

    /// <summary>The job whose children are its members, or null: a batch that somebody made.</summary>
    public Guid? Parent { get; init; }

    public string? Name { get; init; }

    /// <summary>Templates of callbacks, or null.</summary>
    public byte[]? OnSuccess { get; init; }

    public byte[]? OnFailure { get; init; }

    public byte[]? OnComplete { get; init; }

    public BatchNode[] Nodes { get; init; } = [];

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static BatchDefinition Decode(byte[] body) => JsonSerializer.Deserialize<BatchDefinition>(body)!;
}
