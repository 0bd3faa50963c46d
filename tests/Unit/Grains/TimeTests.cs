using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Due times and expiries, near and far, in memory and in the store.</summary>
public sealed class TimeTests
{
    private const long Day = 86_400_000;
    private readonly World _world = new();

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    [InlineData(10_001)]
    [InlineData(12_500)]
    [InlineData(3_600_000)]
    [InlineData(30 * Day)]
    public void A_delayed_job_is_ready_at_its_millisecond(long delayMs)
    {
        var due = _world.Now + delayMs;
        var id = _world.Enqueue(NewJob(dueAt: due));
        _world.State(id).ShouldBe(JobState.Scheduled);
        _world.Advance(delayMs - 1);
        _world.State(id).ShouldBe(JobState.Scheduled);
        _world.Advance(1);
        var view = _world.View(id)!;
        (view.Job.State, view.Job.ReadyAt, view.Job.DueAt).ShouldBe((JobState.Ready, due, 0));
    }

    [Fact]
    public void A_due_time_in_the_past_is_now()
    {
        var id = _world.Enqueue(NewJob(dueAt: _world.Now));
        _world.State(id).ShouldBe(JobState.Ready);
        _world.View(id)!.Job.DueAt.ShouldBe(0);
    }

    [Fact]
    public void Far_jobs_are_not_in_memory_and_come_all_and_in_time()
    {
        var world = new World(new DispatcherOptions { AlarmHorizonMs = 1_000, AlarmChunk = 7, AlarmJobs = 20 });
        var chance = new Random(5);
        var due = world.EnqueueMany(600, _ => NewJob(dueAt: world.Now + 1 + chance.Next(30_000)))
            .ToDictionary(id => id, id => world.View(id)!.Job.DueAt);
        var seen = 0;
        while (world.Now < World.Start + 31_000)
        {
            world.Advance(500);
            foreach (var job in world.Database.Live.Values.Where(j => j.State == JobState.Ready && j.Attempt == 0 && j.ReadyAt > world.Now - 500))
            {
                job.ReadyAt.ShouldBe(due[job.Id]);
                seen++;
            }
        }

        seen.ShouldBe(600);
    }

    [Fact]
    public void More_jobs_of_one_moment_than_are_read_at_once_all_come()
    {
        var world = new World(new DispatcherOptions { AlarmChunk = 10 });
        world.EnqueueMany(500, _ => NewJob(dueAt: world.Now + 60_000));
        world.Advance(60_000);
        world.Counts().Ready.ShouldBe(500);
        world.Database.Live.Values.ShouldAllBe(j => j.ReadyAt == World.Start + 60_000);
    }

    [Fact]
    public void Scheduled_jobs_survive_a_restart_and_those_that_came_due_meanwhile_are_ready()
    {
        var ids = new[] { 1_000L, 5_000, Day }.Select(d => _world.Enqueue(NewJob(dueAt: _world.Now + d))).ToArray();
        _world.Now += 3_000;
        _world.Restart();
        ids.Select(_world.State).ShouldBe([JobState.Ready, JobState.Scheduled, JobState.Scheduled]);
        _world.Advance(2_000);
        _world.State(ids[1]).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void A_retry_far_away_waits_in_the_store_and_comes_in_time()
    {
        var id = _world.Enqueue(NewJob(options: new JobOptions { Retry = new RetryPolicy { BaseMs = 7_200_000, CapMs = 7_200_000, Jitter = 0 } }));
        var first = _world.Ask<LeaseReply>(Poll()).Jobs.Single();
        _world.Report(first, ReportOutcome.Fail);
        _world.Advance(7_199_999);
        _world.State(id).ShouldBe(JobState.Retry);
        _world.Advance(1);
        _world.State(id).ShouldBe(JobState.Ready);
        _world.Ask<LeaseReply>(Poll()).Jobs.Single().Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_clock_that_goes_back_stands_still()
    {
        var id = _world.Enqueue(NewJob(dueAt: _world.Now + 1_000));
        _world.Advance(1_000);
        _world.Now -= 100_000;
        _world.Settle();
        _world.Dispatcher.Now.ShouldBe(World.Start + 1_000);
        _world.State(id).ShouldBe(JobState.Ready);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_000)]
    [InlineData(3_600_000)]
    public void A_ready_job_expires_in_time(long ttlMs)
    {
        var id = _world.Enqueue(NewJob(expiresAt: _world.Now + ttlMs));
        _world.Advance(ttlMs - 1);
        _world.State(id).ShouldBe(JobState.Ready);
        _world.Advance(1);
        _world.State(id).ShouldBe(JobState.Expired);
        _world.View(id)!.Outcome!.FinishedAt.ShouldBe(World.Start + ttlMs);
        _world.Worker().Given().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2_000, 1_000)]
    [InlineData(7_200_000, 3_600_000)]
    public void A_scheduled_job_can_expire_before_it_is_due(long delayMs, long ttlMs)
    {
        var id = _world.Enqueue(NewJob(dueAt: _world.Now + delayMs, expiresAt: _world.Now + ttlMs));
        _world.Advance(ttlMs);
        _world.State(id).ShouldBe(JobState.Expired);
    }

    [Fact]
    public void A_job_due_before_it_expires_can_run()
    {
        var id = _world.Enqueue(NewJob(dueAt: _world.Now + 1_000, expiresAt: _world.Now + 2_000));
        _world.Advance(1_000);
        _world.Worker().GivenOne().Id.ShouldBe(id);
    }

    [Fact]
    public void A_running_job_may_finish_after_its_expiry_but_is_not_tried_again()
    {
        var ids = _world.EnqueueMany(2, _ => NewJob(expiresAt: _world.Now + 1_000));
        var held = _world.Worker(slots: 2).Given();
        _world.Advance(5_000);
        _world.Complete(held[0]).ShouldBeTrue();
        _world.Report(held[1], ReportOutcome.Fail).ShouldBeTrue();
        ids.Select(_world.State).ShouldBe([JobState.Succeeded, JobState.Expired]);
    }

    [Fact]
    public void A_retry_that_would_come_after_the_expiry_is_the_end()
    {
        var id = _world.Enqueue(NewJob(expiresAt: _world.Now + 500, options: Retrying()));
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail);
        _world.State(id).ShouldBe(JobState.Expired);
    }

    [Fact]
    public void Jobs_in_the_backlog_expire_though_nobody_serves_them()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16, AlarmChunk = 50 });
        world.EnqueueMany(300, i => NewJob(expiresAt: i % 2 == 0 ? 0 : world.Now + 60_000));
        world.Advance(59_999);
        world.Counts().Ready.ShouldBe(300);
        world.Advance(2_000);
        world.Counts().Ready.ShouldBe(150);
        world.Database.History.Count(j => j.Outcome!.State == JobState.Expired).ShouldBe(150);
    }

    [Fact]
    public void An_expired_job_in_the_backlog_is_never_given_out()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16 });
        var ids = world.EnqueueMany(200, i => NewJob(expiresAt: i == 150 ? world.Now + 1_000 : 0));
        world.Now += 5_000;
        world.Worker(slots: 4).RunAll().Select(j => j.Id).ShouldBe(ids.Except([ids[150]]));
    }

    [Fact]
    public void A_job_that_waits_beside_a_sea_of_expiring_ones_comes_in_time()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16, AlarmChunk = 10 });
        world.EnqueueMany(200, _ => NewJob(expiresAt: world.Now + 20_000));
        var id = world.Enqueue(NewJob("u", dueAt: world.Now + 20_001));
        world.Advance(20_001);
        world.Counts().Dropped.ShouldBe(200);
        world.View(id)!.Job.ReadyAt.ShouldBe(World.Start + 20_001);
    }

    [Fact]
    public void A_result_is_shown_until_its_time_is_over()
    {
        var id = _world.Enqueue(NewJob(options: new JobOptions { ResultTtlMs = 1_000 }));
        _world.Complete(_world.Worker().GivenOne(), "1");
        _world.Advance(999);
        _world.View(id)!.ResultExpired.ShouldBeFalse();
        _world.Advance(1);
        _world.View(id)!.ResultExpired.ShouldBeTrue();
    }
}
