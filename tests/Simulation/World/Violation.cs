namespace Worcr.Simulation.World;

/// <summary>A promise was broken.</summary>
internal sealed class Violation(string promise, string detail) : Exception($"{promise}: {detail}")
{
    public string Promise { get; } = promise;
}
