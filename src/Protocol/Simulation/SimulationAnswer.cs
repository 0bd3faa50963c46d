namespace Worcr.Protocol;

/// <summary>How a simulation went.</summary>
public sealed record SimulationAnswer
{
    /// <summary>How much time was simulated: until the last job ended, or the horizon.</summary>
    public required Duration Simulated { get; init; }

    /// <summary>Whether it was broken off after 30 seconds of computing.</summary>
    public required bool Truncated { get; init; }

    /// <summary>How many real jobs one simulated job of the backlog stands for; above 1 only where there are more than 1,000,000.</summary>
    public required double Scale { get; init; }

    /// <summary>Numbers of jobs.</summary>
    public required SimulatedCounts Jobs { get; init; }

    /// <summary>The wait from enqueue to the first start.</summary>
    public required SimulatedLatency Latency { get; init; }

    /// <summary>Fairness between tenants.</summary>
    public required SimulatedFairness Fairness { get; init; }

    /// <summary>Objectives from enqueue to start.</summary>
    public required SimulatedSlo Slo { get; init; }

    /// <summary>How busy the workers were.</summary>
    public required SimulatedUtilisation Utilisation { get; init; }

    /// <summary>Per tenant, those with most jobs first, at most 1,000.</summary>
    public required IReadOnlyList<SimulatedGroupDocument> Tenants { get; init; }

    /// <summary>Per type, those with most jobs first, at most 1,000.</summary>
    public required IReadOnlyList<SimulatedGroupDocument> Types { get; init; }

    /// <summary>Jobs that wait at the end and what for, most first, at most 100 lanes.</summary>
    public required IReadOnlyList<SimulatedWaiting> Waiting { get; init; }
}
