using System.Text.Json;

namespace Worcr.Grains.Batches;

/// <summary>What of a batch changes: a resource beside its definition, written in the flush of what changed it.</summary>
internal sealed record BatchState
{
    /// <summary>The kind of the resource.</summary>
    public const string Kind = "batchstate";

    /// <summary>Whether jobs may still join.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the parent waits until no member is pending.</summary>
    public bool ParentWaits { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    public long Pending { get; init; }

    /// <summary>When it was closed and all members had ended, Unix milliseconds; 0: not yet.</summary>
    public long FinishedAt { get; init; }

    /// <summary>Callbacks that were enqueued.</summary>
    public BatchCallback Fired { get; init; }

    /// <summary>Between these two lie its members.</summary>
    public long FirstSeq { get; init; }

    public long LastSeq { get; init; }

    /// <summary>How each node stands, one character each.</summary>
    public string Nodes { get; init; } = "";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static BatchState Decode(byte[] body) => JsonSerializer.Deserialize<BatchState>(body)!;
}
