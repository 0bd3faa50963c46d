namespace Worcr.Protocol.Worker;

/// <summary>A job as a worker gets it.</summary>
public sealed record LeasedJobDocument
{
    /// <summary>The job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The right to run this attempt: named in reports and notes.</summary>
    public required string Lease { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>On whose behalf; empty: nobody's in particular.</summary>
    public required string Tenant { get; init; }

    /// <summary>Its queue label.</summary>
    public required string Queue { get; init; }

    /// <summary>Its tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How long the attempt may take.</summary>
    public required Duration Timeout { get; init; }

    /// <summary>Its arguments.</summary>
    public required RawJson? Args { get; init; }

    /// <summary>Named values that earlier attempts left.</summary>
    public RawJson? Checkpoints { get; init; }

    /// <summary>What travels with it.</summary>
    public RawJson? Meta { get; init; }

    /// <summary>How its children are doing; absent: it has none.</summary>
    public ChildrenDocument? Children { get; init; }
}
