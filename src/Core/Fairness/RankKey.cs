namespace Worcr.Core.Fairness;

/// <summary>Keys that are no virtual times, as numbers of which the smallest goes first.</summary>
internal static class RankKey
{
    private const double RunningUnit = 1 << 20;
    private const int TimeShift = 48;

    /// <summary>By the number of running jobs for a share; among equals by virtual time, so that shares count even where nothing runs for long.</summary>
    public static UInt128 Least(double runningPerShare, UInt128 time) =>
        new((ulong)Math.Min(runningPerShare * RunningUnit, ulong.MaxValue / 2), (ulong)UInt128.Min(time >> TimeShift, ulong.MaxValue));

    /// <summary>By sequence number.</summary>
    public static UInt128 Earliest(long seq) => (ulong)seq ^ (1UL << 63);

    /// <summary>The highest weight first, then by sequence number. Positive doubles order like their bits.</summary>
    public static UInt128 Heaviest(double weight, long seq) => new(~BitConverter.DoubleToUInt64Bits(weight), (ulong)seq ^ (1UL << 63));

    /// <summary>A key of <see cref="Heaviest"/> with its weight multiplied.</summary>
    public static UInt128 Heavier(UInt128 key, double factor) =>
        new(~BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(~(ulong)(key >> 64)) * factor), (ulong)key);
}
