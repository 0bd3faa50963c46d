using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>The body of <c>POST /v1/worker/acquire</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AcquireCall
{
    /// <summary>The lease of the running job.</summary>
    public string? Lease { get; init; }

    /// <summary>The limit's name; it has to be one with <c>use: worker</c>.</summary>
    public string? Limit { get; init; }

    /// <summary>Which of the limit's keys. Default: the one for all.</summary>
    public string? Key { get; init; }

    /// <summary>How many permits, at least 1. Default: 1.</summary>
    public double? N { get; init; }

    /// <summary>How long to wait for them, a duration of at most <c>60s</c>. Default: not at all.</summary>
    public string? Wait { get; init; }
}
