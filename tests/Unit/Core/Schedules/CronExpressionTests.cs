using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Schedules;

namespace Worcr.Unit.Core.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:01:00", "2026-01-01T00:02:00")]
    [InlineData("* * * * * *", "2026-01-01T00:00:01", "2026-01-01T00:00:02")]
    [InlineData("*/15 * * * *", "2026-01-01T00:15:00", "2026-01-01T00:30:00")]
    [InlineData("7/20 3 * * *", "2026-01-01T03:07:00", "2026-01-01T03:27:00")]
    [InlineData("0 3 * * 1-5", "2026-01-01T03:00:00", "2026-01-02T03:00:00", "2026-01-05T03:00:00")]
    [InlineData("0 0 * * FRI-MON", "2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00", "2026-01-05T00:00:00", "2026-01-09T00:00:00")]
    [InlineData("0 22-2 * * *", "2026-01-01T01:00:00", "2026-01-01T02:00:00", "2026-01-01T22:00:00", "2026-01-01T23:00:00", "2026-01-02T00:00:00")]
    [InlineData("0 21-3/2 * * *", "2026-01-01T01:00:00", "2026-01-01T03:00:00", "2026-01-01T21:00:00", "2026-01-01T23:00:00")]
    [InlineData("0 0 1 nov-Feb *", "2026-02-01T00:00:00", "2026-11-01T00:00:00", "2026-12-01T00:00:00", "2027-01-01T00:00:00")]
    [InlineData("0 0 * * 7", "2026-01-04T00:00:00", "2026-01-11T00:00:00")]
    [InlineData("0 0 * * 0", "2026-01-04T00:00:00", "2026-01-11T00:00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00", "2026-01-09T00:00:00")]
    [InlineData("0 0 * * 7-1", "2026-01-04T00:00:00", "2026-01-05T00:00:00", "2026-01-11T00:00:00")]
    [InlineData("0 0 * * 0-7", "2026-01-02T00:00:00", "2026-01-03T00:00:00")]
    [InlineData("0 0 L * *", "2026-01-31T00:00:00", "2026-02-28T00:00:00", "2026-03-31T00:00:00")]
    [InlineData("0 0 15W * *", "2026-01-15T00:00:00", "2026-02-16T00:00:00", "2026-03-16T00:00:00", "2026-04-15T00:00:00")]
    [InlineData("0 0 1W 8 ?", "2026-08-03T00:00:00", "2027-08-02T00:00:00")]
    [InlineData("0 0 31W 1,5 *", "2026-01-30T00:00:00", "2026-05-29T00:00:00", "2027-01-29T00:00:00")]
    [InlineData("0 0 LW * *", "2026-01-30T00:00:00", "2026-02-27T00:00:00", "2026-03-31T00:00:00")]
    [InlineData("0 0 * * 5L", "2026-01-30T00:00:00", "2026-02-27T00:00:00")]
    [InlineData("0 0 ? * 6#3", "2026-01-17T00:00:00", "2026-02-21T00:00:00")]
    [InlineData("0 0 * * sun#5", "2026-03-29T00:00:00", "2026-05-31T00:00:00")]
    [InlineData("0 0 13 * 5", "2026-01-02T00:00:00", "2026-01-09T00:00:00", "2026-01-13T00:00:00", "2026-01-16T00:00:00")]
    [InlineData("0 0 */2 * 5", "2026-01-09T00:00:00", "2026-01-23T00:00:00")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00", "2032-02-29T00:00:00")]
    [InlineData("0 0 * 2 0#5", "2032-02-29T00:00:00", "2060-02-29T00:00:00")]
    [InlineData("59 59 23 31 12 ?", "2026-12-31T23:59:59", "2027-12-31T23:59:59")]
    [InlineData("@hourly", "2026-01-01T01:00:00", "2026-01-01T02:00:00")]
    [InlineData("@daily", "2026-01-02T00:00:00")]
    [InlineData(" @Midnight ", "2026-01-02T00:00:00")]
    [InlineData("@weekly", "2026-01-04T00:00:00")]
    [InlineData("@monthly", "2026-02-01T00:00:00")]
    [InlineData("@yearly", "2027-01-01T00:00:00")]
    [InlineData("@annually", "2027-01-01T00:00:00")]
    public void It_fires_at(string cron, params string[] times) =>
        Walls.Next(cron, "UTC", "2026-01-01T00:00:00.000Z", times.Length).ShouldBe(times.Select(t => t + "+00:00"));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    public void Some_dates_never_come(string cron) => Walls.Next(cron, "UTC", "2026-01-01T00:00:00Z", 1).ShouldBeEmpty();

    [Theory]
    [InlineData("", "fields")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("* * * * * * *", "7 fields")]
    [InlineData("60 * * * *", "minute: 60 is not in 0-59")]
    [InlineData("60 * * * * *", "second: 60 is not in 0-59")]
    [InlineData("* 24 * * *", "hour: 24 is not in 0-23")]
    [InlineData("* * 0 * *", "day of month: 0 is not in 1-31")]
    [InlineData("* * 32W * *", "day of month: 32 is not in 1-31")]
    [InlineData("* * * 13 *", "month: 13 is not in 1-12")]
    [InlineData("* * * * 8", "day of week: 8 is not in 0-7")]
    [InlineData("* * * * FOO", "day of week: 'FOO' is not understood")]
    [InlineData("* * * JANUARY *", "month: 'JANUARY' is not understood")]
    [InlineData("* JAN * * *", "hour: 'JAN' is not understood")]
    [InlineData("*/0 * * * *", "minute: the step '0'")]
    [InlineData("*/60 * * * *", "minute: the step '60'")]
    [InlineData("*/-1 * * * *", "minute: the step '-1'")]
    [InlineData("*/ * * * *", "minute: the step ''")]
    [InlineData("1,,2 * * * *", "minute: a number is missing")]
    [InlineData("1- * * * *", "minute: a number is missing")]
    [InlineData("-1 * * * *", "minute: a number is missing")]
    [InlineData("1-2-3 * * * *", "minute: '2-3' is not understood")]
    [InlineData("+1 * * * *", "minute: '+1' is not understood")]
    [InlineData("\u0661 * * * *", "minute: '\u0661' is not understood")]
    [InlineData("? * * * *", "minute: '?' is not understood")]
    [InlineData("* * * * 1#6", "day of week: '1#6' wants")]
    [InlineData("* * * * #1", "day of week: a number is missing")]
    [InlineData("* * * * L", "day of week: a number is missing")]
    [InlineData("* * W * *", "day of month: a number is missing")]
    [InlineData("@reboot", "'@reboot' is none of @yearly")]
    public void What_is_wrong_is_said(string text, string why)
    {
        CronExpression.TryParse(text, out _, out var error).ShouldBeFalse();
        error.ShouldContain(why, Case.Sensitive);
    }

    [Fact]
    public void Its_text_is_bounded()
    {
        CronExpression.TryParse("0 0 * * 1" + new string(' ', CronExpression.MaxLength - 9), out _, out _).ShouldBeTrue();
        CronExpression.TryParse("0 0 * * 1" + new string(' ', CronExpression.MaxLength - 8), out _, out var error).ShouldBeFalse();
        error.ShouldContain("255");
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Prop.ForAll<string>(text =>
        text is null || CronExpression.TryParse(text, out var cron, out var error) == (error.Length == 0) && (error.Length > 0) == (cron is null)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_mixture_of_its_signs_is_read_or_refused() => Prop.ForAll<DoNotSize<uint>[]>(picks =>
    {
        const string Signs = "* * * * *0123456789,-/?LW#@JANSUNMON ";
        var text = string.Concat(picks.Select(p => Signs[(int)(p.Item % Signs.Length)]));
        if (!CronExpression.TryParse(text, out var cron, out var error)) error.ShouldNotBeEmpty();
        else cron.NextAfter(0, TimeZoneInfo.Utc).GetValueOrDefault(1).ShouldBeGreaterThan(0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(253_402_300_799_999)]
    public void Outside_the_calendar_nothing_fires(long after) => Walls.Cron("* * * * * *").NextAfter(after, TimeZoneInfo.Utc).ShouldBeNull();

    [Fact]
    public void Between_two_seconds_the_next_one_is_next()
    {
        var cron = Walls.Cron("* * * * * *");
        cron.NextAfter(1_999, TimeZoneInfo.Utc).ShouldBe(2_000);
        cron.NextAfter(2_000, TimeZoneInfo.Utc).ShouldBe(3_000);
        cron.NextAfter(-1, TimeZoneInfo.Utc).ShouldBe(0);
        cron.NextAfter(-1_001, TimeZoneInfo.Utc).ShouldBe(-1_000);
    }
}
