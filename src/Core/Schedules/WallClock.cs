namespace Worcr.Core.Schedules;

/// <summary>
/// What the clocks of a time zone show. A wall time is what they show, written as the Unix milliseconds of the same date and time in UTC.
/// It asks the zone for offsets of instants only, which are never in doubt.
/// </summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    private const long Hour = 3_600_000;
    private const long First = -62_135_596_800_000 + (48 * Hour);
    private const long Last = 253_402_300_799_999 - (48 * Hour);

    /// <summary>Whether dates are known for this time: the years 1 to 9999, two days left out at each end.</summary>
    public static bool Knows(long at) => at is >= First and <= Last;

    /// <summary>What the clocks show at an instant.</summary>
    public long At(long instant) => instant + Offset(instant);

    /// <summary>
    /// The instants at which the clocks show this. Mostly one. Two when they are put back over it. When they are put forward over it, it is never
    /// shown: both are then the instant at which they are put forward, and the answer is false.
    /// </summary>
    public bool TryFind(long wall, out long first, out long second)
    {
        var before = Offset(wall - (15 * Hour));
        var after = Offset(wall + (13 * Hour));
        (first, second) = (wall - before, wall - after);
        if (before == after) return true;
        var isFirst = Offset(first) == before;
        var isSecond = Offset(second) == after;
        if (!isFirst && !isSecond)
        {
            first = second = ChangeBetween(second, first);
            return false;
        }

        if (!isFirst) first = second;
        if (!isSecond) second = first;
        return true;
    }

    /// <summary>The first instant with another offset than the one before, of two between which the offset changes once.</summary>
    public long ChangeBetween(long early, long late)
    {
        var offset = Offset(early);
        while (late - early > 1)
        {
            var middle = early + ((late - early) / 2);
            if (Offset(middle) == offset) early = middle;
            else late = middle;
        }

        return late;
    }

    private long Offset(long instant) =>
        (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(instant)).TotalMilliseconds;
}
