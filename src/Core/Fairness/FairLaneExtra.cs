namespace Worcr.Core.Fairness;

/// <summary>What few lanes have: a head that the strategy looks at, a credit.</summary>
internal sealed class FairLaneExtra
{
    public long Head { get; set; }

    public double HeadWeight { get; set; } = 1;

    public UInt128 Credit { get; set; }
}
