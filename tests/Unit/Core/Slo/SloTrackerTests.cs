using Worcr.Core.Slo;

namespace Worcr.Unit.Core.Slo;

public sealed class SloTrackerTests
{
    private const long Minute = 60_000;
    private const long Start = 1_800_000_000_000;

    private readonly SloTracker _tracker = new(0.99);
    private long _now = Start;

    [Fact]
    public void Windows_count_what_started_in_them()
    {
        Starts(met: 3, missed: 1);
        Pass(10);
        Starts(met: 1, missed: 0);
        _tracker.Window(_now, SloSpan.FiveMinutes).ShouldBe(new SloWindow(1, 0));
        _tracker.Window(_now, SloSpan.HalfHour).ShouldBe(new SloWindow(4, 1));
        _tracker.Window(_now, SloSpan.Hour).Attainment.ShouldBe(0.8);
        _tracker.BurnRate(_now, SloSpan.SixHours).ShouldBe(20, 1e-9);
        Pass(60);
        _tracker.Window(_now, SloSpan.Hour).Attainment.ShouldBeNull();
        _tracker.Window(_now, SloSpan.SixHours).Total.ShouldBe(5);
        Pass(360);
        _tracker.Window(_now, SloSpan.SixHours).Total.ShouldBe(0);
        _tracker.BurnRate(_now, SloSpan.SixHours).ShouldBe(0);
    }

    [Fact]
    public void It_pages_when_the_budget_burns_over_both_windows()
    {
        for (var i = 0; i < 60; i++, Pass(1)) Starts(met: 100, missed: 0);
        Starts(met: 0, missed: 300);
        _tracker.Judge(_now).ShouldBe(SloAlert.None, "not yet 14.4 percent of the hour");
        for (var i = 0; i < 4; i++, Pass(1)) Starts(met: 0, missed: 300);
        _tracker.Judge(_now).ShouldBe(SloAlert.Page);
    }

    [Fact]
    public void A_slow_burn_is_a_ticket()
    {
        for (var i = 0; i < 120; i++, Pass(1)) Starts(met: 90, missed: 10);
        _tracker.Judge(_now).ShouldBe(SloAlert.Ticket);
        _tracker.BurnRate(_now, SloSpan.Hour).ShouldBe(10, 0.2);
    }

    [Fact]
    public void An_alert_ends_well_below_its_threshold_only()
    {
        for (var i = 0; i < 60; i++, Pass(1)) Starts(met: 80, missed: 20);
        _tracker.Judge(_now).ShouldBe(SloAlert.Page);
        for (var i = 0; i < 6; i++, Pass(1)) Starts(met: 90, missed: 10);
        _tracker.Judge(_now).ShouldBe(SloAlert.Page, "10 is below 14.4, but not well below");
        for (var i = 0; i < 6; i++, Pass(1)) Starts(met: 95, missed: 5);
        _tracker.Judge(_now).ShouldBe(SloAlert.Ticket);
        for (var i = 0; i < 40; i++, Pass(1)) Starts(met: 100, missed: 0);
        _tracker.Judge(_now).ShouldBe(SloAlert.None);
    }

    [Fact]
    public void Silence_is_no_recovery_until_the_long_window_is_empty()
    {
        Starts(met: 0, missed: 10);
        _tracker.Judge(_now).ShouldBe(SloAlert.Page);
        Pass(50);
        _tracker.Judge(_now).ShouldBe(SloAlert.Page);
        Pass(20);
        _tracker.Judge(_now).ShouldBe(SloAlert.Ticket);
        Pass(400);
        _tracker.Judge(_now).ShouldBe(SloAlert.None);
    }

    [Fact]
    public void A_few_starts_are_no_trend_and_a_low_target_can_be_missed_too()
    {
        Starts(met: 0, missed: SloTracker.LeastStarts - 1);
        _tracker.Judge(_now).ShouldBe(SloAlert.None);
        var modest = new SloTracker(0.5);
        for (var i = 0; i < 20; i++) modest.Note(_now, met: i < 5);
        modest.Judge(_now).ShouldBe(SloAlert.None);
        for (var i = 0; i < 60; i++) modest.Note(_now, met: false);
        modest.Judge(_now).ShouldBe(SloAlert.Page);
    }

    [Theory]
    [InlineData(60_000, 0, 0, 1, null)]
    [InlineData(60_000, 60_000, 1, 1, 0L)]
    [InlineData(60_000, 10_000, 30, 1, null)]
    [InlineData(60_000, 0, 120, 1, 60_000L)]
    [InlineData(60_000, 20_000, 120, 1, 48_000L)]
    [InlineData(60_000, 20_000, 5, 0, 40_000L)]
    public void The_forecast_says_when_the_first_job_is_late(long sloMs, long headMs, long ready, double rate, long? expected) =>
        SloForecast.MissInMs(sloMs, headMs, ready, rate).ShouldBe(expected);

    private void Starts(int met, int missed)
    {
        for (var i = 0; i < met + missed; i++) _tracker.Note(_now, i < met);
    }

    private void Pass(int minutes) => _now += minutes * Minute;
}
