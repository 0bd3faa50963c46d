using System.Globalization;
using Worcr.Core.Schedules;

namespace Worcr.Unit.Core.Schedules;

/// <summary>Dates as people write them.</summary>
internal static class Walls
{
    /// <summary>Unix milliseconds of a time like <c>2026-03-29T02:30:00+01:00</c>.</summary>
    public static long Unix(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>A time as the clocks of a zone show it, with its offset.</summary>
    public static string Show(long at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The next few times after one.</summary>
    public static string[] Next(string cron, string zone, string after, int count)
    {
        var expression = Cron(cron);
        var where = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var times = new List<string>();
        var at = Unix(after);
        while (times.Count < count && expression.NextAfter(at, where) is { } next)
        {
            next.ShouldBeGreaterThan(at);
            times.Add(Show(next, where));
            at = next;
        }

        return [.. times];
    }

    /// <summary>An expression that is right.</summary>
    public static CronExpression Cron(string text)
    {
        CronExpression.TryParse(text, out var cron, out var error).ShouldBeTrue(error);
        return cron;
    }
}
