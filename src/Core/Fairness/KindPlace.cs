namespace Worcr.Core.Fairness;

/// <summary>A kind's place in the tournament of a class that may serve it.</summary>
/// <param name="workers">The class.</param>
/// <param name="kind">The kind.</param>
/// <param name="factor">How much more the kind's lanes weigh for the class; counts in <see cref="FairStrategy.Strict"/> only.</param>
internal sealed class KindPlace(FairClass workers, FairKind kind, double factor) : FairEntry
{
    public FairClass Class { get; } = workers;

    public FairKind Kind { get; } = kind;

    public double Factor { get; } = factor;
}
