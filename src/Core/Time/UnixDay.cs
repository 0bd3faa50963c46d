namespace Worcr.Core.Time;

/// <summary>Days in UTC, as partitions and records count them.</summary>
public static class UnixDay
{
    /// <summary>A day, in milliseconds.</summary>
    public const long Ms = 86_400_000;

    /// <summary>Days since 1970-01-01 of a time in Unix milliseconds.</summary>
    public static int Of(long unixMs) => (int)(unixMs / Ms);
}
