using System.Numerics;

namespace Worcr.Core.Schedules;

/// <summary>
/// A cron expression: minute, hour, day of month, month, day of week, with seconds before them if there are six fields.
/// <list type="bullet">
/// <item><c>*</c>, lists, ranges (also over the end: <c>22-2</c>, <c>FRI-MON</c>), steps (<c>*/5</c>, <c>10-40/5</c>, <c>3/10</c>: from 3 on); <c>?</c> for <c>*</c> in the fields of days;
/// JAN-DEC, SUN-SAT in any case; 0 and 7 are Sunday.</item>
/// <item>Day of month: <c>L</c> the last, <c>15W</c> the day from Monday to Friday next to the 15th in its month, <c>LW</c> the last such day.</item>
/// <item>Day of week: <c>5L</c> the last Friday, <c>6#3</c> the third Saturday.</item>
/// <item>Day of month and day of week: if both are restricted (neither begins with <c>*</c> or is <c>?</c>) either will do (<c>crontab(5)</c>).</item>
/// <item><c>@yearly @annually @monthly @weekly @daily @midnight @hourly</c>.</item>
/// </list>
/// <para>
/// When the clocks change, as with Vixie cron: an expression with fixed times - no <c>*</c> in second, minute and hour - fires once for every time it names: a
/// time that the clocks leave out fires at the first moment after the gap, once however many were left out; one that they show twice fires the first time.
/// An expression with a <c>*</c> there means an interval: it fires whenever the clocks show a time that matches, so in both of two equal hours and
/// never in one that is left out.
/// </para>
/// </summary>
public sealed class CronExpression
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>How far ahead is looked, in years: the rarest date, the fifth Sunday of February, comes again within 40.</summary>
    public const int YearsAhead = 100;

    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _months;
    private readonly CronDays _days;

    internal CronExpression(string text, ulong[] times, CronDays days, bool isInterval)
    {
        Text = text;
        (_seconds, _minutes, _hours, _months) = (times[0], times[1], times[2], times[3]);
        _days = days;
        IsInterval = isInterval;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether there is a <c>*</c> in second, minute or hour.</summary>
    public bool IsInterval { get; }

    /// <summary>Reads an expression, or says which field is wrong and why.</summary>
    public static bool TryParse(string text, out CronExpression cron, out string error) => CronParser.TryParse(text, out cron, out error);

    /// <summary>The first time after this one at which it fires in that zone, Unix milliseconds, or null when there is none within <see cref="YearsAhead"/> years.</summary>
    public long? NextAfter(long afterUnixMs, TimeZoneInfo zone)
    {
        if (!WallClock.Knows(afterUnixMs)) return null;
        var clock = new WallClock(zone);
        var wall = clock.At(afterUnixMs);
        var next = Next(clock, wall, afterUnixMs);
        if (!IsInterval || !clock.TryFind(wall, out var first, out var second) || first == second || afterUnixMs >= second) return next;
        var putBack = clock.ChangeBetween(first, second);
        return next < putBack ? next : Next(clock, clock.At(putBack) - 1, putBack - 1);
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>The first instant after <paramref name="after"/> that a matching wall time after <paramref name="wall"/> stands for.</summary>
    private long? Next(WallClock clock, long wall, long after)
    {
        while (NextWall(wall) is { } match)
        {
            wall = match;
            var isShown = clock.TryFind(match, out var first, out var second);
            if (IsInterval && !isShown) wall = clock.At(first) - 1;
            else if (first > after) return first;
            else if (IsInterval && second > after) return second;
        }

        return null;
    }

    /// <summary>The first matching wall time after this one.</summary>
    private long? NextWall(long wall)
    {
        var start = DateTime.UnixEpoch.AddMilliseconds(wall - (((wall % 1_000) + 1_000) % 1_000)).AddSeconds(1);
        var end = Math.Min(9_998, start.Year + YearsAhead);
        var (day, time) = (start.Day, (int)start.TimeOfDay.TotalSeconds);
        for (var month = new DateTime(start.Year, start.Month, 1); month.Year <= end; month = month.AddMonths(1), day = 1, time = 0)
        {
            if ((_months >> month.Month & 1) == 0) continue;
            var days = _days.Of(month.Year, month.Month);
            if ((days >> day & 1) != 0 && NextTime(time) is { } today) return Wall(month, day, today);
            days &= ~0UL << (day + 1);
            if (days != 0) return Wall(month, BitOperations.TrailingZeroCount(days), NextTime(0)!.Value);
        }

        return null;
    }

    /// <summary>The first matching second of a day, this one or a later one.</summary>
    private int? NextTime(int time)
    {
        var (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
        if (From(_seconds, second) is { } s && (_minutes >> minute & 1) != 0 && (_hours >> hour & 1) != 0) return (hour * 3_600) + (minute * 60) + s;
        var least = From(_seconds, 0)!.Value;
        if ((_hours >> hour & 1) != 0 && From(_minutes, minute + 1) is { } m) return (hour * 3_600) + (m * 60) + least;
        return From(_hours, hour + 1) is { } h ? (h * 3_600) + (From(_minutes, 0)!.Value * 60) + least : null;
    }

    /// <summary>The first number that is set, this one or a larger one.</summary>
    private static int? From(ulong bits, int number) => bits >> number is not 0 and var rest ? number + BitOperations.TrailingZeroCount(rest) : null;

    private static long Wall(DateTime month, int day, int time) =>
        ((month.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + ((((day - 1) * 86_400L) + time) * 1_000);
}
