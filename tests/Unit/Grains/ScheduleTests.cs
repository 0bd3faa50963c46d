using Worcr.Core.Rules;
using Worcr.Core.Schedules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Schedules: one job for each of their times, whatever happens meanwhile.</summary>
public sealed class ScheduleTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private readonly World _world = new();

    [Fact]
    public void A_job_comes_at_each_time_and_none_for_times_before_the_schedule()
    {
        _world.Now += 30_000;
        Put("* * * * *");
        Made().ShouldBeEmpty();
        _world.Advance(29_999);
        Made().ShouldBeEmpty();
        _world.Advance(1);
        Made().ShouldBe([World.Start + Minute]);
        _world.Advance(5 * Minute);
        Made().ShouldBe(Enumerable.Range(1, 6).Select(i => World.Start + (i * Minute)));
    }

    [Fact]
    public void One_that_never_fires_is_warned_of()
    {
        Put("0 0 30 2 *").Figures.Warnings.ShouldHaveSingleItem().ShouldContain("No time matches");
        Put("0 0 30 2 *", paused: true).Figures.Warnings.ShouldBeEmpty();
        Put("0 0 29 2 *").Figures.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_figures_tell_of_last_and_next_times()
    {
        var put = Put("*/10 * * * *");
        put.Figures.NextRuns.ShouldBe(Enumerable.Range(1, 5).Select(i => World.Start + (i * 10 * Minute)));
        (put.Figures.LastRun, put.Figures.LastJob).ShouldBe((0, null));
        _world.Advance(10 * Minute);
        var figures = Read().Figures;
        (figures.LastRun, figures.NextRuns[0]).ShouldBe((World.Start + (10 * Minute), World.Start + (20 * Minute)));
        _world.State(figures.LastJob!.Value).ShouldBe(JobState.Ready);
        Put("*/10 * * * *", paused: true).Figures.NextRuns.ShouldBeEmpty();
    }

    [Fact]
    public void The_job_and_the_note_that_its_time_is_dealt_with_are_one_flush()
    {
        Put("* * * * *");
        _world.Advance(Minute);
        var flush = _world.Flushes.Single(f => f.Inserts.Count > 0);
        flush.Resources.ShouldContain(r => r.Kind == "schedulestate" && r.Name == "s");
    }

    [Fact]
    public void A_crash_before_the_flush_repeats_the_time_and_one_after_it_does_not()
    {
        Put("* * * * *");
        _world.HoldsCommits = true;
        _world.Now = World.Start + Minute;
        _world.Turn();
        _world.UnderWay.Sum(f => f.Inserts.Count).ShouldBe(1);
        _world.HoldsCommits = false;
        _world.Restart();
        Made().ShouldBe([World.Start + Minute]);
        _world.Restart();
        Made().ShouldBe([World.Start + Minute]);
    }

    [Fact]
    public void Two_times_never_overtake_each_other_on_their_way_to_the_store()
    {
        Put("* * * * *");
        _world.HoldsCommits = true;
        for (var i = 1; i <= 3; i++)
        {
            _world.Now = World.Start + (i * Minute);
            _world.Turn();
        }

        _world.UnderWay.Count.ShouldBe(1);
        while (_world.UnderWay.Count > 0)
        {
            _world.Commit();
            _world.Turn();
        }

        Made().Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.Once, 180)]
    [InlineData(MissedRuns.All, 60, 120, 180)]
    public void Times_that_passed_without_a_dispatcher_are_missed(MissedRuns missed, params int[] minutes)
    {
        Put("0 * * * *", missed);
        _world.Now += (3 * Hour) + (10 * Minute);
        _world.Restart();
        Made().ShouldBe(minutes.Select(m => World.Start + (m * Minute)));
        _world.Advance(Hour);
        Made()[^1].ShouldBe(World.Start + (4 * Hour));
    }

    [Fact]
    public void A_silo_that_is_replaced_within_a_minute_misses_nothing()
    {
        Put("0 * * * *", MissedRuns.Skip);
        _world.Now += Hour + 50_000;
        _world.Restart();
        Made().ShouldBe([World.Start + Hour]);
    }

    [Fact]
    public void A_long_backlog_comes_piece_by_piece_and_whole()
    {
        Put("* * * * * *", MissedRuns.All);
        _world.Now += Hour;
        _world.Restart();
        _world.Advance(10);
        Made().Length.ShouldBe(3_600);
        _world.Flushes.Max(f => f.Inserts.Count).ShouldBeLessThanOrEqualTo(2_000);
    }

    [Theory]
    [InlineData(RunOverlap.Allow, 3)]
    [InlineData(RunOverlap.Skip, 1)]
    public void The_last_job_lives(RunOverlap overlap, int jobs)
    {
        Put("* * * * *", overlap: overlap);
        _world.Advance(3 * Minute);
        Made().Length.ShouldBe(jobs);
    }

    [Fact]
    public void The_last_job_has_ended_or_is_only_in_the_store()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 1, WindowJobs = 1 });
        world.EnqueueMany(50, _ => NewJob("job"));
        world.Ask<ResourceReply>(new ResourceRequest.Put("s", new ScheduleRule("* * * * *", "UTC", TestTemplates.Of("job")) { Overlap = RunOverlap.Skip }));
        world.Advance(3 * Minute);
        world.Database.Live.Count.ShouldBe(51);
        world.Control(world.Database.Live.Values.Single(j => j.HasClientId).Id, ControlAction.Cancel).Refusal.ShouldBeNull();
        world.Advance(Minute);
        world.Database.Live.Count.ShouldBe(51);
    }

    [Fact]
    public void The_last_job_ends_while_the_store_is_asked_for_it()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 1, WindowJobs = 1 });
        world.EnqueueMany(50, _ => NewJob("job"));
        world.Ask<ResourceReply>(new ResourceRequest.Put("s", new ScheduleRule("* * * * *", "UTC", TestTemplates.Of("job")) { Overlap = RunOverlap.Skip }));
        world.Advance(Minute);
        var id = world.Database.Live.Values.Single(j => j.HasClientId).Id;
        world.HoldsReads = true;
        world.Send<ControlReply>(new ControlJobRequest(id, ControlAction.Cancel));
        world.Now += Minute;
        world.Settle();
        world.HoldsReads = false;
        world.FinishReads();
        world.Settle();
        world.Database.Live.Values.Single(j => j.HasClientId).Id.ShouldNotBe(id);
    }

    [Fact]
    public void The_clocks_change()
    {
        // On 28 March 2027 the clocks of Berlin leave out 2:00 to 3:00; on 31 October they show it twice.
        _world.Now = new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Put("30 2 * * *", zone: "Europe/Berlin");
        _world.Advance(2 * Day);
        Made().Select(Utc).ShouldBe(["2027-03-28T01:00", "2027-03-29T00:30"]);
        var before = Made().Length;
        _world.Advance(new DateTimeOffset(2027, 10, 30, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - _world.Now);
        var october = Made().Length;
        october.ShouldBeGreaterThan(before + 200);
        _world.Advance(2 * Day);
        Made()[october..].Select(Utc).ShouldBe(["2027-10-31T00:30", "2027-11-01T01:30"]);
    }

    [Fact]
    public void Times_that_pass_while_it_is_paused_are_not_missed()
    {
        Put("0 * * * *", MissedRuns.All);
        _world.Advance(Hour);
        Put("0 * * * *", MissedRuns.All, paused: true);
        _world.Advance(5 * Hour);
        _world.Restart();
        Put("0 * * * *", MissedRuns.All);
        _world.Advance(Hour);
        Made().ShouldBe([World.Start + Hour, World.Start + (7 * Hour)]);
    }

    [Fact]
    public void An_edit_begins_a_new_count()
    {
        Put("0 * * * *", MissedRuns.All);
        _world.Advance(90 * Minute);
        Put("*/20 * * * *", MissedRuns.All);
        Made().ShouldBe([World.Start + Hour]);
        _world.Advance(30 * Minute);
        Made().ShouldBe([World.Start + Hour, World.Start + (100 * Minute), World.Start + (120 * Minute)]);
    }

    [Fact]
    public void A_deleted_schedule_is_silent_and_one_of_the_same_name_has_jobs_of_its_own()
    {
        Put("0 9 * * *");
        _world.Advance(Hour);
        var first = Read().Figures.LastJob;
        _world.Ask<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Schedule, "s"));
        _world.Advance(Day);
        Made().Length.ShouldBe(1);
        _world.Restart();
        _world.Now = World.Start + Day;
        Put("0 9 * * *");
        _world.Advance(2 * Hour);
        Made().Length.ShouldBe(1, "the clock has not gone back: nine o'clock is over");
        _world.Advance(Day);
        Read().Figures.LastJob.ShouldNotBe(first);
    }

    [Fact]
    public void A_clock_that_goes_back_repeats_nothing_and_one_that_jumps_ahead_misses_as_ever()
    {
        Put("0 * * * *");
        _world.Advance(2 * Hour);
        _world.Now -= 90 * Minute;
        _world.Restart();
        Made().Length.ShouldBe(2);
        _world.Advance(2 * Hour);
        Made().Length.ShouldBe(2);
        _world.Advance(Minute * 30);
        Made().Length.ShouldBe(3);
        _world.Now += 10 * Hour;
        _world.Settle();
        Made().Length.ShouldBe(4);
    }

    [Fact]
    public void A_draining_dispatcher_leaves_its_times_to_its_successor()
    {
        Put("* * * * *", MissedRuns.All);
        _world.Dispatcher.Drain("update");
        _world.Advance(2 * Minute);
        Made().ShouldBeEmpty();
        _world.Restart();
        Made().Length.ShouldBe(2);
    }

    [Fact]
    public void A_time_whose_unique_key_is_taken_passes_without_a_job()
    {
        Put("* * * * *", job: "key=a");
        _world.Advance(3 * Minute);
        Made().Length.ShouldBe(1);
        var first = Read().Figures;
        first.LastRun.ShouldBe(World.Start + Minute);
        _world.Control(first.LastJob!.Value, ControlAction.Cancel);
        _world.Advance(Minute);
        Made().Length.ShouldBe(2);
        Read().Figures.LastRun.ShouldBe(World.Start + (4 * Minute));
    }

    [Fact]
    public void An_edit_while_the_store_is_asked_for_a_key_takes_effect_after_the_answer()
    {
        Put("0 * * * *", job: "key=a");
        _world.HoldsReads = true;
        _world.Now += Hour;
        _world.Settle();
        Put("*/20 * * * *", job: "b");
        Made().ShouldBeEmpty();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Advance(20 * Minute);
        Made().ShouldBe([World.Start + Hour, World.Start + Hour + (20 * Minute)]);
    }

    [Fact]
    public void A_job_that_this_build_refuses_is_no_end_and_is_told()
    {
        Put("* * * * *", job: "!");
        _world.Advance(Minute);
        Made().ShouldBeEmpty();
        Read().Figures.Warnings.ShouldHaveSingleItem();
        Put("* * * * *");
        Read().Figures.Warnings.ShouldBeEmpty();
        _world.Advance(Minute);
        Made().Length.ShouldBe(1);
    }

    [Fact]
    public void A_zone_that_this_machine_does_not_know_is_told()
    {
        Put("* * * * *", zone: "Mars/Olympus").Figures.Warnings.ShouldHaveSingleItem();
        _world.Restart();
        _world.Advance(Hour);
        Made().ShouldBeEmpty();
    }

    private static string Utc(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>When the jobs of schedules came, of all that the store has, oldest first.</summary>
    private long[] Made() =>
        [.. _world.Database.Live.Values.Concat(_world.Database.Finished.Values.SelectMany(d => d.Values).Select(s => s.Job))
            .Where(j => j.HasClientId).OrderBy(j => j.Seq).Select(TimeOf)];

    /// <summary>The time it was made for: the newest or, if many came at once, what its id says.</summary>
    private long TimeOf(Job job)
    {
        var life = Worcr.Grains.Schedules.ScheduleState.Decode(_world.Flushes.SelectMany(f => f.Resources).Last(r => r is { Kind: "schedulestate", Body: not null }).Body!).Life;
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{life:x16}/s");
        for (var at = job.CreatedAt - (job.CreatedAt % 1_000); at > job.CreatedAt - (Day / 4); at -= 1_000)
        {
            if (OccurrenceId.Create("default", name, at) == job.Id) return at;
        }

        return job.CreatedAt;
    }

    private ResourceView Read() => _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Schedule, "s")).Items.Single();

    private ResourceView Put(
        string cron, MissedRuns missed = MissedRuns.Once, RunOverlap overlap = RunOverlap.Allow, bool paused = false, string zone = "UTC", string job = "job")
    {
        var rule = new ScheduleRule(cron, zone, TestTemplates.Of(job)) { Missed = missed, Overlap = overlap, IsPaused = paused };
        return _world.Ask<ResourceReply>(new ResourceRequest.Put("s", rule)).Items.Single();
    }
}
