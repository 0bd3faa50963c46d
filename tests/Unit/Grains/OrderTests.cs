using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>First in, first out inside a lane; priorities; order keys; windows over long backlogs.</summary>
public sealed class OrderTests
{
    private readonly World _world = new();

    [Fact]
    public void A_higher_priority_goes_first_and_equals_keep_their_order()
    {
        int[] priorities = [0, 5, -3, 5, int.MaxValue, 0, int.MinValue];
        var ids = priorities.Select(p => _world.Enqueue(NewJob(priority: p))).ToArray();
        _world.Worker().RunAll().Select(j => Array.IndexOf(ids, j.Id)).ShouldBe([4, 1, 3, 0, 5, 2, 6]);
    }

    [Fact]
    public void A_job_that_comes_back_has_its_old_place()
    {
        var ids = _world.EnqueueMany(5);
        var worker = _world.Worker();
        _world.Report(worker.GivenOne(), ReportOutcome.Yield);
        worker.RunAll().Select(j => j.Id).ShouldBe(ids);
    }

    [Fact]
    public void A_retried_job_goes_before_younger_ones()
    {
        var ids = _world.EnqueueMany(2, _ => NewJob(options: Retrying()));
        var worker = _world.Worker();
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        var second = worker.GivenOne();
        var younger = _world.EnqueueMany(3);
        _world.Advance(1_000);
        _world.Complete(second);
        worker.RunAll().Select(j => j.Id).ShouldBe([ids[0], .. younger]);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(50, 64)]
    [InlineData(50, 4_096)]
    public void A_long_backlog_keeps_its_order(int slots, int window)
    {
        var world = new World(new DispatcherOptions { StrandJobs = window });
        var ids = world.EnqueueMany(10_500);
        world.Worker(slots).RunAll(slots == 1 ? 1_500 : int.MaxValue).Select(j => j.Id).ShouldBe(slots == 1 ? ids.Take(1_500) : ids);
    }

    [Fact]
    public void A_long_backlog_keeps_its_order_after_a_restart_while_more_jobs_come()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 128 });
        var ids = world.EnqueueMany(3_000).ToList();
        world.Restart();
        var worker = world.Worker(slots: 20);
        var run = new List<Guid>();
        while (worker.Given() is { Count: > 0 } given)
        {
            if (ids.Count < 6_000) ids.AddRange(world.EnqueueMany(37));
            run.AddRange(given.Select(j => j.Id));
            foreach (var job in given) world.Complete(job).ShouldBeTrue();
        }

        run.ShouldBe(ids);
    }

    [Fact]
    public void Memory_holds_a_window_of_a_backlog_only()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 100, WindowJobs = 150 });
        world.EnqueueMany(5_000, i => NewJob(tenant: $"t{i % 3}"));
        world.Dispatcher.JobsInMemory.ShouldBeLessThanOrEqualTo(150 + (3 * 16));
        world.Counts().Ready.ShouldBe(5_000);
        world.Worker(slots: 10).RunAll().Count.ShouldBe(5_000);
        world.Dispatcher.JobsInMemory.ShouldBe(0);
    }

    [Fact]
    public void Jobs_that_come_back_do_not_make_a_window_grow_without_bound()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 50 });
        var ids = world.EnqueueMany(1_000);
        var worker = world.Worker(slots: 1_000);
        worker.Given().Count.ShouldBe(1_000);
        world.Session(worker, SessionAction.Close);
        world.Dispatcher.JobsInMemory.ShouldBeLessThanOrEqualTo(100);
        world.Worker(slots: 30).RunAll().Select(j => j.Id).ShouldBe(ids);
    }

    [Fact]
    public void Jobs_of_an_order_key_run_one_at_a_time_and_in_order()
    {
        var ids = _world.EnqueueMany(5, _ => NewJob(orderKey: "account-7"));
        var worker = _world.Worker(slots: 10);
        foreach (var id in ids)
        {
            var job = worker.GivenOne();
            job.Id.ShouldBe(id);
            _world.Complete(job);
        }
    }

    [Fact]
    public void Different_order_keys_run_side_by_side()
    {
        _world.EnqueueMany(6, i => NewJob(orderKey: $"k{i % 3}"));
        _world.Worker(slots: 10).Given().Count.ShouldBe(3);
    }

    [Fact]
    public void An_ordered_job_that_fails_holds_its_key_until_it_is_tried_again()
    {
        var ids = _world.EnqueueMany(2, _ => NewJob(orderKey: "k", options: Retrying()));
        var worker = _world.Worker(slots: 2);
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.State(ids[0]).ShouldBe(JobState.Retry);
        _world.Advance(999);
        worker.Given().ShouldBeEmpty();
        _world.Advance(1);
        _world.Complete(worker.GivenOne());
        worker.GivenOne().Id.ShouldBe(ids[1]);
    }

    [Fact]
    public void An_ordered_job_that_waits_to_be_tried_again_can_be_cancelled_or_run_now()
    {
        var ids = _world.EnqueueMany(3, _ => NewJob(orderKey: "k", options: Retrying()));
        var worker = _world.Worker(slots: 3);
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.Control(ids[0], ControlAction.Retry).Refusal.ShouldBeNull();
        var again = worker.GivenOne();
        (again.Id, again.Attempt).ShouldBe((ids[0], 2));
        _world.Report(again, ReportOutcome.Fail);
        _world.Control(ids[0], ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        worker.GivenOne().Id.ShouldBe(ids[1]);
    }

    [Fact]
    public void An_order_holds_across_a_restart()
    {
        var ids = _world.EnqueueMany(2, _ => NewJob(orderKey: "k"));
        var before = _world.Worker();
        var running = before.GivenOne();
        _world.Restart();
        var after = _world.Worker(slots: 5, name: "other");
        after.Given().ShouldBeEmpty();
        _world.Complete(running).ShouldBeTrue();
        after.GivenOne().Id.ShouldBe(ids[1]);
    }
}
