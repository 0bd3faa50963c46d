using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Views, queries, logs, waiting for an end, figures.</summary>
public sealed class ReadTests
{
    private readonly World _world = new();

    [Fact]
    public void A_running_job_shows_its_lease()
    {
        var id = _world.Enqueue(NewJob());
        _world.Advance(5);
        _world.Worker(name: "anna");
        var view = _world.View(id)!;
        (view.Job.State, view.Job.Attempt, view.Worker, view.StartedAt).ShouldBe((JobState.Running, 1, "anna", World.Start + 5));
        view.Job.Args.ShouldBe("{}"u8.ToArray());
    }

    [Fact]
    public void A_view_is_a_snapshot()
    {
        var id = _world.Enqueue(NewJob());
        var before = _world.View(id)!;
        _world.Worker().RunAll();
        before.Job.State.ShouldBe(JobState.Ready);
    }

    [Fact]
    public void Queries_go_by_every_part_and_page_from_the_newest()
    {
        var ids = _world.EnqueueMany(25, i => NewJob(i % 2 == 0 ? "a" : "b", $"t{i % 3}", queue: i % 5 == 0 ? "q" : "default", tags: i % 4 == 0 ? ["x"] : []));
        _world.Query().ShouldBe(ids.Reverse());
        _world.Query(type: "a").ShouldBe(Where(ids, i => i % 2 == 0));
        _world.Query(tenant: "t1").ShouldBe(Where(ids, i => i % 3 == 1));
        _world.Query(queue: "q").ShouldBe(Where(ids, i => i % 5 == 0));
        _world.Query(tag: "x", type: "a").ShouldBe(Where(ids, i => i % 4 == 0));
        Pages(null, 4).ShouldBe(ids.Reverse());
    }

    [Fact]
    public void Running_jobs_can_be_asked_for()
    {
        var ids = _world.EnqueueMany(30);
        _world.Worker(slots: 7);
        _world.Query(JobState.Running).ShouldBe(ids.Take(7).Reverse());
        _world.Query(JobState.Ready).ShouldBe(ids.Skip(7).Reverse());
        Pages(JobState.Running, 2).ShouldBe(ids.Take(7).Reverse());
    }

    [Fact]
    public void Every_state_can_be_asked_for()
    {
        var worker = _world.Worker(slots: 1);
        var succeeded = _world.Enqueue(NewJob());
        _world.Complete(worker.GivenOne());
        var failed = _world.Enqueue(NewJob(options: Retrying()));
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        var dead = _world.Enqueue(NewJob());
        _world.Report(worker.GivenOne(), ReportOutcome.Fail, new JobError("e", "", Final: true));
        var scheduled = _world.Enqueue(NewJob(dueAt: _world.Now + 5_000));
        _world.Query(JobState.Succeeded).ShouldBe([succeeded]);
        _world.Query(JobState.Retry).ShouldBe([failed]);
        _world.Query(JobState.Dead).ShouldBe([dead]);
        _world.Query(JobState.Scheduled).ShouldBe([scheduled]);
        _world.Query(JobState.Expired).ShouldBeEmpty();
    }

    [Fact]
    public void A_wait_ends_with_the_job()
    {
        var id = _world.Enqueue(NewJob());
        var wait = _world.Send<JobReply>(new WaitJobRequest(id, 60_000));
        _world.Settle();
        wait.Task.IsCompleted.ShouldBeFalse();
        _world.Complete(_world.Worker().GivenOne(), "7");
        wait.Reply().Job!.Outcome!.Result.ShouldBe("7"u8.ToArray());
    }

    [Fact]
    public void A_wait_ends_in_time_with_the_job_as_it_is()
    {
        var id = _world.Enqueue(NewJob());
        var wait = _world.Send<JobReply>(new WaitJobRequest(id, 1_000));
        _world.Advance(999);
        wait.Task.IsCompleted.ShouldBeFalse();
        _world.Advance(1);
        wait.Reply().Job!.Job.State.ShouldBe(JobState.Ready);
    }

    [Fact]
    public void A_wait_for_a_finished_job_is_over_at_once_and_for_none_too()
    {
        var id = _world.Enqueue(NewJob());
        _world.Worker().RunAll();
        _world.Ask<JobReply>(new WaitJobRequest(id, 60_000)).Job!.Job.State.ShouldBe(JobState.Succeeded);
        _world.Ask<JobReply>(new WaitJobRequest(JobId.Create(1, 2, 3), 60_000)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000)]
    public void A_wait_sees_every_kind_of_end(long delayMs)
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16 });
        world.EnqueueMany(100);
        var id = world.Enqueue(NewJob(dueAt: delayMs == 0 ? 0 : world.Now + delayMs));
        var wait = world.Send<JobReply>(new WaitJobRequest(id, 60_000));
        world.Settle();
        world.Control(id, ControlAction.Cancel);
        wait.Reply().Job!.Job.State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void Logs_are_kept_in_order_with_their_attempt()
    {
        var id = _world.Enqueue(NewJob());
        var worker = _world.Worker();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var job = worker.GivenOne();
            for (var line = 0; line < 3; line++) _world.Ask<NoteReply>(new NoteRequest.Log(job.Lease, "info", $"{attempt}.{line}")).Accepted.ShouldBeTrue();
            _world.Report(job, ReportOutcome.Yield);
        }

        Lines(id, 0, 10).ShouldBe(["1.0", "1.1", "1.2", "2.0", "2.1", "2.2"]);
        Lines(id, 2, 2).ShouldBe(["1.2", "2.0"]);
        _world.Complete(worker.GivenOne());
        Lines(id, 5, 10).ShouldBe(["2.2"]);
        _world.Ask<LogsReply>(new LogsRequest(JobId.Create(1, 2, 3), 0, 10)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public void Figures_add_up()
    {
        _world.EnqueueMany(10, i => NewJob(tenant: i < 4 ? "a" : "b"));
        _world.Advance(50);
        var worker = _world.Worker(slots: 3);
        var held = worker.Given();
        _world.Complete(held[0]);
        _world.Report(held[1], ReportOutcome.Fail);
        var stats = _world.Ask<StatsReply>(new StatsRequest());
        (stats.Jobs.Enqueued, stats.Jobs.Running, stats.Jobs.Ready, stats.Jobs.Succeeded, stats.Jobs.Failed).ShouldBe((10, 3, 5, 1, 1));
        stats.Tenants.Sum(t => t.Value.Ready).ShouldBe(5);
        stats.Types.Single().Value.Running.ShouldBe(3);
        stats.StartLatencyMs.P50.ShouldBe(50);
    }

    [Fact]
    public void Everything_done_leaves_nothing_counted()
    {
        _world.EnqueueMany(500, i => NewJob(tenant: $"t{i % 7}", priority: i % 3, orderKey: i % 11 == 0 ? "k" : null));
        _world.Worker(slots: 13).RunAll().Count.ShouldBe(500);
        var counts = _world.Counts();
        (counts.Ready, counts.Running, counts.Succeeded).ShouldBe((0, 0, 500));
        _world.Dispatcher.JobsInMemory.ShouldBe(0);
    }

    private static IEnumerable<Guid> Where(Guid[] ids, Func<int, bool> matches) => ids.Where((_, i) => matches(i)).Reverse();

    private List<Guid> Pages(JobState? state, int size)
    {
        var all = new List<Guid>();
        long? cursor = null;
        do
        {
            var page = _world.Ask<JobPageReply>(new QueryJobsRequest(state, null, null, null, null, size, cursor));
            all.AddRange(page.Jobs.Select(v => v.Job.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private string[] Lines(Guid id, int skip, int limit) => [.. _world.Ask<LogsReply>(new LogsRequest(id, skip, limit)).Lines.Select(l => l.Line)];
}
