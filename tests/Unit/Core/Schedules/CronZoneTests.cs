namespace Worcr.Unit.Core.Schedules;

/// <summary>When the clocks are changed.</summary>
public sealed class CronZoneTests
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private const string LordHowe = "Australia/Lord_Howe";
    private const string Apia = "Pacific/Apia";

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00")]
    [InlineData("0,15,30 2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00")]
    [InlineData("0 2,3 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00")]
    [InlineData("30 2 29 3 *", Berlin, "2026-03-01T00:00:00Z", "2026-03-29T03:00:00+02:00", "2027-03-29T02:30:00+02:00")]
    [InlineData("30 2 * * *", NewYork, "2026-03-07T12:00:00Z", "2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00")]
    [InlineData("15 2 * * *", LordHowe, "2026-10-03T00:00:00Z", "2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00")]
    [InlineData("0 9 30 12 *", Apia, "2011-01-01T00:00:00Z", "2011-12-31T00:00:00+14:00", "2012-12-30T09:00:00+14:00")]
    [InlineData("@daily", Apia, "2011-12-29T00:00:00Z", "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00")]
    [InlineData("0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00")]
    public void A_fixed_time_that_is_left_out_fires_after_the_gap(string cron, string zone, string after, params string[] times) =>
        Walls.Next(cron, zone, after, times.Length).ShouldBe(times);

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    [InlineData("0,30 2 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00")]
    [InlineData("0 2,3 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00")]
    [InlineData("30 2 * * *", Berlin, "2026-10-25T01:10:00Z", "2026-10-26T02:30:00+01:00")]
    [InlineData("30 1 * * *", NewYork, "2026-10-31T12:00:00Z", "2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00")]
    [InlineData("45 1 * * *", LordHowe, "2026-04-04T00:00:00Z", "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30")]
    [InlineData("30 1 * * *", "Europe/Moscow", "2014-10-25T12:00:00Z", "2014-10-26T01:30:00+04:00", "2014-10-27T01:30:00+03:00")]
    public void A_fixed_time_that_comes_twice_fires_once(string cron, string zone, string after, params string[] times) =>
        Walls.Next(cron, zone, after, times.Length).ShouldBe(times);

    [Theory]
    [InlineData("*/30 * * * *", Berlin, "2026-03-29T00:00:00Z", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00")]
    [InlineData("*/30 * * * *", Berlin, "2026-10-24T23:30:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00")]
    [InlineData("*/20 2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-30T02:00:00+02:00")]
    [InlineData("45 * * * *", NewYork, "2026-11-01T05:00:00Z", "2026-11-01T01:45:00-04:00", "2026-11-01T01:45:00-05:00", "2026-11-01T02:45:00-05:00")]
    [InlineData("15 1-3 * * *", NewYork, "2026-11-01T05:00:00Z", "2026-11-01T01:15:00-04:00", "2026-11-01T02:15:00-05:00")]
    [InlineData("*/20 * * * *", LordHowe, "2026-04-04T14:30:00Z", "2026-04-05T01:40:00+11:00", "2026-04-05T01:40:00+10:30", "2026-04-05T02:00:00+10:30")]
    [InlineData("*/20 * * * *", LordHowe, "2026-10-03T15:00:00Z", "2026-10-04T01:40:00+10:30", "2026-10-04T02:40:00+11:00")]
    [InlineData("5 * * * *", "Europe/Moscow", "2014-10-25T21:00:00Z", "2014-10-26T01:05:00+04:00", "2014-10-26T01:05:00+03:00", "2014-10-26T02:05:00+03:00")]
    [InlineData("0 */8 * * *", Apia, "2011-12-30T00:00:00Z", "2011-12-29T16:00:00-10:00", "2011-12-31T00:00:00+14:00")]
    public void An_interval_fires_as_time_passes(string cron, string zone, string after, params string[] times) =>
        Walls.Next(cron, zone, after, times.Length).ShouldBe(times);

    [Theory]
    [InlineData("* * * * *", true)]
    [InlineData("0 * * * *", true)]
    [InlineData("*/5 2 * * *", true)]
    [InlineData("* 0 2 * * *", true)]
    [InlineData("0 2 * * *", false)]
    [InlineData("0-59 0-23 * * *", false)]
    [InlineData("0 0 2 * * *", false)]
    public void A_star_makes_an_interval(string cron, bool isInterval) => Walls.Cron(cron).IsInterval.ShouldBe(isInterval);

    /// <summary>Second by second over the nights of a change: what the rule says, without looking ahead.</summary>
    [Theory]
    [InlineData(Berlin, "2026-03-28T22:00:00Z")]
    [InlineData(Berlin, "2026-10-24T22:00:00Z")]
    [InlineData(NewYork, "2026-03-08T04:00:00Z")]
    [InlineData(NewYork, "2026-11-01T03:00:00Z")]
    [InlineData(LordHowe, "2026-04-04T12:00:00Z")]
    [InlineData(LordHowe, "2026-10-03T12:00:00Z")]
    [InlineData("Europe/London", "2026-10-24T22:00:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-14T23:00:00Z")]
    [InlineData("Asia/Beirut", "2026-10-24T19:00:00Z")]
    public void Over_a_change_every_minute_is_as_the_rule_says(string zone, string night)
    {
        var where = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var start = Walls.Unix(night);
        var chance = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            int minute = chance.Next(60), hour = chance.Next(5);
            foreach (var isInterval in new[] { false, true })
            {
                var cron = Walls.Cron(isInterval ? $"{minute} {hour}-{hour + 1},* * * *" : $"{minute} {hour} * * *");
                var expected = Expected(where, start, minute, isInterval ? -1 : hour);
                var found = new List<long>();
                for (var at = start - 1; cron.NextAfter(at, where) is { } next && next < start + (8 * 3_600_000); at = next) found.Add(next);
                found.ShouldBe(expected, cron.Text);
            }
        }
    }

    /// <summary>Minute by minute what is shown; a fixed hour that was left out counts when the clocks jump over it, one that was shown does not count again.</summary>
    private static List<long> Expected(TimeZoneInfo zone, long start, int minute, int hour)
    {
        var times = new List<long>();
        var before = Local(start - 60_000, zone);
        var latest = before;
        for (var at = start; at < start + (8 * 3_600_000); at += 60_000)
        {
            var shown = Local(at, zone);
            var isNew = hour < 0 || shown > latest;
            var from = hour < 0 || shown <= before ? shown : before.AddMinutes(1);
            var matches = false;
            for (var wall = from; wall <= shown; wall = wall.AddMinutes(1)) matches |= wall.Minute == minute && (hour < 0 || wall.Hour == hour);
            if (matches && isNew) times.Add(at);
            before = shown;
            if (shown > latest) latest = shown;
        }

        return times;
    }

    private static DateTime Local(long at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DateTime;
}
