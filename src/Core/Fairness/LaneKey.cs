namespace Worcr.Core.Fairness;

/// <summary>Where a lane stands among those of its tenant, smallest first. In halves, because a whole one would have to stand at every sixteenth byte.</summary>
internal readonly record struct LaneKey : IFairKey<LaneKey>
{
    private readonly ulong _high;
    private readonly ulong _low;

    public LaneKey(UInt128 value) => (_high, _low) = ((ulong)(value >> 64), (ulong)value);

    public static LaneKey Last => new(UInt128.MaxValue);

    public UInt128 Value => new(_high, _low);

    public bool IsBefore(in LaneKey other) => (_high < other._high) | ((_high == other._high) & (_low < other._low));
}
