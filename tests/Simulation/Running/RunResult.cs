using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>What came of a run.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Failure">What was broken, or null.</param>
/// <param name="Last">The last events.</param>
/// <param name="Hash">All events as one number.</param>
/// <param name="Steps">How many things happened.</param>
/// <param name="Coverage">How often what happened.</param>
internal sealed record RunResult(Scenario Scenario, Exception? Failure, IReadOnlyList<string> Last, ulong Hash, long Steps, Coverage Coverage)
{
    /// <summary>All that somebody needs who has to mend it; the seed first.</summary>
    public string Report() =>
        $"seed {Scenario.Seed} ({Scenario.Kind}): {Failure}\n"
        + string.Join('\n', Last.Select(e => "  " + e))
        + $"\nreplay: dotnet run --project tests/Simulation -c Release -- --seed {Scenario.Seed} --verbose";
}
