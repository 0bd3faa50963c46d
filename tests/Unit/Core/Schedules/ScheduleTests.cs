using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Schedules;

namespace Worcr.Unit.Core.Schedules;

public sealed class ScheduleTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly long Noon = Walls.Unix("2026-06-01T12:00:00Z");
    private static readonly Schedule Hourly = new(Walls.Cron("@hourly"), TimeZoneInfo.Utc);

    [Fact]
    public void Before_its_time_there_is_nothing_to_do() =>
        Show(Hourly.Plan(Noon, Noon + Hour - 1, false)).ShouldBe(Show(new([], Noon, Noon + Hour)));

    [Theory]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.Once)]
    [InlineData(MissedRuns.All)]
    public void At_its_time_there_is_one_job(MissedRuns missed)
    {
        var schedule = Hourly with { Missed = missed };
        foreach (var late in new[] { 0, 1, Schedule.OnTimeMs })
        {
            Show(schedule.Plan(Noon, Noon + Hour + late, false)).ShouldBe(Show(new([Noon + Hour], Noon + Hour, Noon + (2 * Hour))));
        }
    }

    [Fact]
    public void Missed_times_are_left_out_or_become_one_job_or_all()
    {
        var now = Noon + (3 * Hour) + (5 * Minute);
        var next = Noon + (4 * Hour);
        var last = Noon + (3 * Hour);
        Show((Hourly with { Missed = MissedRuns.Skip }).Plan(Noon, now, false)).ShouldBe(Show(new([], last, next)));
        Show((Hourly with { Missed = MissedRuns.Once }).Plan(Noon, now, false)).ShouldBe(Show(new([last], last, next)));
        Show((Hourly with { Missed = MissedRuns.All }).Plan(Noon, now, false)).ShouldBe(Show(new([Noon + Hour, Noon + (2 * Hour), last], last, next)));
    }

    [Fact]
    public void Of_times_missed_the_one_that_is_hardly_late_was_not()
    {
        var now = Noon + (3 * Hour) + Schedule.OnTimeMs;
        (Hourly with { Missed = MissedRuns.Skip }).Plan(Noon, now, false).Enqueue.ShouldBe([Noon + (3 * Hour)]);
        (Hourly with { Missed = MissedRuns.Skip }).Plan(Noon, now + 1, false).Enqueue.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.Once)]
    [InlineData(MissedRuns.All)]
    public void Whoever_is_back_within_a_minute_has_missed_no_time(MissedRuns missed)
    {
        var schedule = new Schedule(Walls.Cron("*/20 * * * * *"), TimeZoneInfo.Utc) { Missed = missed };
        var last = Noon + Minute;
        Show(schedule.Plan(Noon, last + 19_999, false)).ShouldBe(Show(new([Noon + 20_000, Noon + 40_000, last], last, last + 20_000)));
        schedule.Plan(Noon, last + 20_001, false).Enqueue.Count.ShouldBe(missed switch { MissedRuns.All => 4, _ => 1 });
        (schedule with { Overlap = RunOverlap.Skip }).Plan(Noon, last, false).Enqueue.ShouldBe([last]);
    }

    [Theory]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.Once)]
    [InlineData(MissedRuns.All)]
    public void While_the_last_job_lives_times_are_passed_over(MissedRuns missed)
    {
        var schedule = Hourly with { Missed = missed, Overlap = RunOverlap.Skip };
        var now = Noon + (2 * Hour);
        Show(schedule.Plan(Noon, now, true)).ShouldBe(Show(new([], now, now + Hour)));
        Show(schedule.Plan(Noon, now, false)).ShouldBe(Show(new([now], now, now + Hour)));
        (schedule with { Overlap = RunOverlap.Allow }).Plan(Noon, now, true).Enqueue.ShouldNotBeEmpty();
    }

    [Fact]
    public void Paused_its_times_pass()
    {
        var paused = Hourly with { IsPaused = true, Missed = MissedRuns.All };
        Show(paused.Plan(Noon, Noon + (5 * Hour), false)).ShouldBe(Show(new([], Noon + (5 * Hour), long.MaxValue)));
        paused.Plan(Noon, Noon - Hour, false).Last.ShouldBe(Noon);
    }

    [Fact]
    public void A_thousand_are_enqueued_at_once_and_the_rest_next()
    {
        var schedule = new Schedule(Walls.Cron("* * * * * *"), TimeZoneInfo.Utc) { Missed = MissedRuns.All };
        var now = Noon + 2_500_400;
        var first = schedule.Plan(Noon, now, false);
        (first.Enqueue.Count, first.Enqueue[0], first.Last, first.NextAt).ShouldBe((1_000, Noon + 1_000, Noon + 1_000_000, now));
        var second = schedule.Plan(first.Last, now, false);
        var third = schedule.Plan(second.Last, now, false);
        (third.Enqueue.Count, third.Last, third.NextAt).ShouldBe((500, Noon + 2_500_000, Noon + 2_501_000));
    }

    [Fact]
    public void A_clock_that_went_back_enqueues_nothing() =>
        Show(Hourly.Plan(Noon, Noon - (9 * Hour), false)).ShouldBe(Show(new([], Noon, Noon + Hour)));

    [Fact]
    public void A_time_that_never_comes_is_not_waited_for() =>
        new Schedule(Walls.Cron("0 0 30 2 *"), TimeZoneInfo.Utc).Plan(Noon, Noon + Hour, false).NextAt.ShouldBe(long.MaxValue);

    /// <summary>However often and irregularly it is asked, all are enqueued once, and the newest of those due is what the other policies take.</summary>
    [Fact]
    public void Whenever_it_is_asked_it_forgets_none_and_repeats_none() => Prop.ForAll<uint, DoNotSize<uint>[]>((which, pauses) =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var cron = Walls.Cron(new[] { "*/7 * * * *", "30 2 * * *", "0 */5 * * 1-5", "0 0 L * *", "15,45 1-3 * * *" }[which % 5]);
        var all = new Schedule(cron, zone) { Missed = MissedRuns.All };
        var start = Walls.Unix("2026-03-20T00:00:00Z");
        var (now, last, seen) = (start, start, new List<long>());
        foreach (var pause in pauses)
        {
            now += pause.Item % 40 * Hour / 3;
            var plan = all.Plan(last, now, false);
            var once = (all with { Missed = MissedRuns.Once }).Plan(last, now, false);
            once.Enqueue.ShouldBe(plan.Enqueue.TakeLast(1));
            (once.Last, once.NextAt).ShouldBe((plan.Last, plan.NextAt));
            seen.AddRange(plan.Enqueue);
            last = plan.Last;
        }

        var expected = new List<long>();
        for (var at = start; cron.NextAfter(at, zone) is { } next && next <= now; at = next) expected.Add(next);
        seen.ShouldBe(expected);
    }).Check(Config.QuickThrowOnFailure);

    private static string Show(SchedulePlan plan) => $"[{string.Join(' ', plan.Enqueue)}] {plan.Last} {plan.NextAt}";
}
