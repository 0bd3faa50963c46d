namespace Worcr.Protocol;

/// <summary>Workers of one kind.</summary>
public sealed record SimulatedWorkersBody
{
    /// <summary>Types they take. Default: all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Their tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Queues they take. Default: all.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>How many jobs each runs at once, 1 to 10,000.</summary>
    public required int Slots { get; init; }

    /// <summary>How many of them there are, 1 to 10,000. Default: 1.</summary>
    public int? Count { get; init; }
}
