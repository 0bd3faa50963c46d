using System.Runtime.CompilerServices;

namespace Worcr.Core.Fairness;

/// <summary>
/// Where a lane stands among all, smallest first: its tenant's place, then, among the lanes of a tenant, its own. In halves, because there are very many keys, and a
/// 128-bit number has to stand at multiples of 16 bytes, which would make an entry larger by a fifth.
/// </summary>
internal readonly record struct FairKey : IFairKey<FairKey>
{
    private readonly ulong _tenantHigh;
    private readonly ulong _tenantLow;
    private readonly ulong _laneHigh;
    private readonly ulong _laneLow;

    public FairKey(UInt128 tenant, UInt128 lane) =>
        (_tenantHigh, _tenantLow, _laneHigh, _laneLow) = ((ulong)(tenant >> 64), (ulong)tenant, (ulong)(lane >> 64), (ulong)lane);

    public static FairKey Last => new(UInt128.MaxValue, UInt128.MaxValue);

    public UInt128 Tenant => new(_tenantHigh, _tenantLow);

    public UInt128 Lane => new(_laneHigh, _laneLow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBefore(in FairKey other)
    {
        var isLevel = ((_tenantHigh ^ other._tenantHigh) | (_tenantLow ^ other._tenantLow)) == 0;
        return isLevel
            ? (_laneHigh < other._laneHigh) | ((_laneHigh == other._laneHigh) & (_laneLow < other._laneLow))
            : (_tenantHigh < other._tenantHigh) | ((_tenantHigh == other._tenantHigh) & (_tenantLow < other._tenantLow));
    }

    /// <summary>The same, but not before <paramref name="floor"/>.</summary>
    public FairKey NotBefore(UInt128 floor) => Tenant < floor ? new FairKey(floor, Lane) : this;
}
