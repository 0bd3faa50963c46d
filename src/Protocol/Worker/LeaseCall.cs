using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>The body of <c>POST /v1/worker/lease</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LeaseCall
{
    /// <summary>The worker's name, 1 to 255 characters.</summary>
    public string? Worker { get; init; }

    /// <summary>Types it takes; <c>*</c> is all. Default: all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Its tags. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Queue labels it takes. Default: all.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>At most so many jobs, 1 to 1,000. Default: 1.</summary>
    public int? Max { get; init; }

    /// <summary>How long to wait for the first job, a duration of at most <c>60s</c>. Default: not at all.</summary>
    public string? Wait { get; init; }
}
