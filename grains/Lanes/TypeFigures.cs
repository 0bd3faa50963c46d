using Worcr.Core.Rules;

namespace Worcr.Grains.Lanes;

/// <summary>What is known of a type from running it.</summary>
internal sealed class TypeFigures(string name)
{
    private const double Smoothing = 0.05;

    public string Name { get; } = name;

    /// <summary>What an operator says about it, or null.</summary>
    public TypeRule? Rule { get; set; }

    public JobCounts Counts { get; } = new();

    /// <summary>Lanes of the type in memory.</summary>
    public int Lanes { get; set; }

    /// <summary>Moving average of the run time, in milliseconds; below 0: unknown.</summary>
    public double RunMs { get; private set; } = -1;

    public void Ran(double ms) => RunMs = RunMs < 0 ? ms : RunMs + (Smoothing * (ms - RunMs));
}
