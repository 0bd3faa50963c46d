namespace Worcr.Core.Fairness;

/// <summary>Where a lane stands among those of its tenant, smallest first.</summary>
internal readonly record struct LaneKey(UInt128 Value) : IFairKey<LaneKey>
{
    public static LaneKey Last => new(UInt128.MaxValue);

    public bool IsBefore(in LaneKey other) => Value < other.Value;
}
