namespace Worcr.Grains.Simulation;

/// <summary>How a simulation went.</summary>
public sealed record SimulationResult
{
    /// <summary>How much time was simulated, in milliseconds: until the last job ended, or the horizon.</summary>
    public required long ElapsedMs { get; init; }

    /// <summary>Whether it was broken off because it took too long to compute.</summary>
    public required bool IsTruncated { get; init; }

    /// <summary>All jobs.</summary>
    public required SimulatedGroup All { get; init; }

    /// <summary>Per tenant, by name.</summary>
    public required IReadOnlyList<SimulatedTenant> Tenants { get; init; }

    /// <summary>Per type, by name.</summary>
    public required IReadOnlyList<SimulatedGroup> Types { get; init; }

    /// <summary>The part of their slots' time that workers ran jobs, in the order of the plan's workers, from 0 to 1.</summary>
    public required IReadOnlyList<double> Utilisation { get; init; }

    /// <summary>The same over all workers.</summary>
    public required double Busy { get; init; }

    /// <summary>Jain's index over what tenants got of what they were entitled to while several had jobs waiting: 1 is fair.</summary>
    public required double Fairness { get; init; }

    /// <summary>The lanes with jobs that wait at the end, those with most first, and what for.</summary>
    public required IReadOnlyList<LaneExplanation> Waiting { get; init; }
}
