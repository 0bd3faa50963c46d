namespace Worcr.Grains.Simulation;

/// <summary>Simulated workers of one kind.</summary>
public sealed record SimulatedWorkers
{
    /// <summary>Types they take; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Their tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Queues they take; empty is all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How many jobs each runs at once.</summary>
    public required int Slots { get; init; }

    /// <summary>How many of them there are.</summary>
    public int Count { get; init; } = 1;
}
