using Worcr.Core.Rules;

namespace Worcr.Grains.Simulation;

/// <summary>What to simulate.</summary>
public sealed record SimulationPlan
{
    /// <summary>The jobs.</summary>
    public required IReadOnlyList<SimulatedJobs> Jobs { get; init; }

    /// <summary>The workers.</summary>
    public required IReadOnlyList<SimulatedWorkers> Workers { get; init; }

    /// <summary>Rules, limits, shares, settings, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, Resource>> Rules { get; init; } = [];

    /// <summary>Decides about everything that is left to chance: equal plans with equal seeds end equally.</summary>
    public int Seed { get; init; }

    /// <summary>The simulated time at the start, Unix milliseconds.</summary>
    public required long StartAt { get; init; }

    /// <summary>How much time is simulated at most, in milliseconds.</summary>
    public required long HorizonMs { get; init; }
}
