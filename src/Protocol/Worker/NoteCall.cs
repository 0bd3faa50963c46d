using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>The body of <c>POST /v1/worker/{extend,checkpoint,progress,log}</c>; each uses its part.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NoteCall
{
    /// <summary>The lease of the running job.</summary>
    public string? Lease { get; init; }

    /// <summary>Name of the checkpoint or of the progress.</summary>
    public string? Name { get; init; }

    /// <summary>The checkpoint's value: any JSON.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>How much is done.</summary>
    public double? Done { get; init; }

    /// <summary>Of how much. Default: 0, not known.</summary>
    public double? Total { get; init; }

    /// <summary>Level of the log line. Default: <c>info</c>.</summary>
    public string? Level { get; init; }

    /// <summary>The log line.</summary>
    public string? Line { get; init; }
}
