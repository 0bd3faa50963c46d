using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Batches: counts, callbacks, jobs that wait for others; each callback once, whatever happens.</summary>
public sealed class BatchTests
{
    private static readonly Guid Id = Guid.Parse("0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f");
    private readonly World _world = new();

    [Fact]
    public void When_all_have_succeeded_success_and_completion_are_enqueued_once()
    {
        Create(3);
        _world.Worker(slots: 10, types: ["t"]).RunAll().Count.ShouldBe(3);
        Types().ShouldBe(["complete", "success"]);
        var batch = Read();
        (batch.Pending, batch.Succeeded, batch.Failed, batch.FinishedAt).ShouldBe((0, 3, 0, _world.Now));
        _world.State(batch.OnSuccess!.Value).ShouldBe(JobState.Ready);
        _world.Restart();
        Types().ShouldBe(["complete", "success"]);
        Read().OnFailure.ShouldBeNull();
    }

    [Theory]
    [InlineData(ControlAction.Cancel)]
    public void The_first_that_ends_otherwise_enqueues_failure_at_once_and_success_never_comes(ControlAction action)
    {
        var jobs = Create(3);
        _world.Control(jobs[1], action);
        Types().ShouldBe(["failure", "t", "t"]);
        _world.Control(jobs[2], action);
        Types().ShouldBe(["failure", "t"]);
        _world.Worker(types: ["t"]).RunAll();
        Types().ShouldBe(["complete", "failure"]);
    }

    [Fact]
    public void The_callback_is_in_the_flush_of_the_end_that_causes_it()
    {
        var jobs = Create(1);
        _world.Control(jobs[0], ControlAction.Cancel);
        var flush = _world.Flushes.Last(f => f.Outcomes.Count > 0);
        flush.Inserts.Count.ShouldBe(2);
        flush.Resources.ShouldContain(r => r.Kind == "batchstate");
    }

    [Fact]
    public void A_crash_before_or_after_the_flush_loses_and_doubles_nothing()
    {
        var jobs = Create(2);
        var worker = _world.Worker(slots: 2, types: ["t"]);
        var given = worker.Given();
        _world.Complete(given[0]);
        _world.HoldsCommits = true;
        _world.Send<ReportReply>(new ReportRequest([new Report(given[1].Lease, ReportOutcome.Complete)]));
        _world.Turn();
        _world.HoldsCommits = false;
        _world.Restart();
        Types().ShouldBe(["t"]);
        Read().Pending.ShouldBe(1);
        _world.Control(jobs[0], ControlAction.Cancel);
        _world.Control(jobs[1], ControlAction.Cancel);
        Types().ShouldBe(["complete", "failure"]);
    }

    [Fact]
    public void An_open_batch_takes_jobs_and_completes_when_it_is_closed()
    {
        Create(1, isOpen: true);
        _world.Worker(slots: 5, types: ["t"]).RunAll();
        Types().ShouldBeEmpty();
        _world.Enqueue(Member());
        Read().Pending.ShouldBe(1);
        Ask(new BatchRequest.Close(Id)).IsOpen.ShouldBeFalse();
        Types().ShouldBe(["t"]);
        _world.Ask<EnqueueReply>(new EnqueueRequest([Member()])).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(options: new JobOptions { Batch = Guid.NewGuid() })])).Refusal!.Field.ShouldBe("jobs[0].batch");
    }

    [Fact]
    public void A_closed_batch_takes_jobs_again_when_it_is_opened_before_its_end()
    {
        var jobs = Create(1);
        Ask(new BatchRequest.Reopen(Id)).IsOpen.ShouldBeTrue();
        _world.Enqueue(Member());
        _world.Control(jobs[0], ControlAction.Cancel);
        Ask(new BatchRequest.Close(Id)).Pending.ShouldBe(1);
        _world.Worker(types: ["t"]).RunAll();
        Read().FinishedAt.ShouldBe(_world.Now);
        _world.Ask<BatchReply>(new BatchRequest.Reopen(Id)).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        _world.Ask<BatchReply>(new BatchRequest.Reopen(Guid.NewGuid())).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public void A_batch_that_is_closed_empty_is_complete()
    {
        Create(0, isOpen: true);
        Ask(new BatchRequest.Close(Id));
        Types().ShouldBe(["complete", "success"]);
    }

    [Fact]
    public void The_same_id_again_changes_nothing()
    {
        Create(2);
        var again = _world.Ask<BatchReply>(Request(2, false));
        (again.Created, again.Jobs.Count, again.Batches[0].Pending).ShouldBe((false, 0, 2));
        _world.Database.Live.Count.ShouldBe(2);
    }

    [Fact]
    public void A_member_that_lives_again_is_counted_again_and_callbacks_are_not_repeated()
    {
        var jobs = Create(1);
        _world.Control(jobs[0], ControlAction.Cancel);
        _world.Control(jobs[0], ControlAction.Retry);
        var batch = Read();
        (batch.Pending, batch.Failed, batch.FinishedAt).ShouldBe((1, 0, 0));
        var worker = _world.Worker(types: ["t"]);
        worker.RunAll();
        Types().ShouldBe(["complete", "failure", "success"]);
        _world.Control(jobs[0], ControlAction.Retry);
        worker.RunAll();
        Types().ShouldBe(["complete", "failure", "success"]);
    }

    [Fact]
    public void Members_that_are_only_in_the_store_are_counted_when_they_end()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 1, WindowJobs = 1 });
        world.Ask<BatchReply>(Request(50, false));
        world.Bulk(BulkAction.Cancel).ShouldBe(50);
        world.Ask<BatchReply>(new BatchRequest.Read(Id)).Batches[0].Failed.ShouldBe(50);
    }

    [Fact]
    public void A_cancelled_batch_ends_its_members_and_no_others()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 1, WindowJobs = 1 });
        world.EnqueueMany(20);
        world.Ask<BatchReply>(Request(40, true));
        world.EnqueueMany(20);
        world.Worker(types: ["t"]);
        var batch = world.Ask<BatchReply>(new BatchRequest.Cancel(Id)).Batches[0];
        (batch.IsOpen, batch.Pending, batch.Failed).ShouldBe((false, 0, 40));
        world.Database.Live.Values.Count(j => j.Shape.Type == "t").ShouldBe(40);
    }

    [Fact]
    public void Jobs_wait_for_those_before_them_and_for_no_time()
    {
        var jobs = Create(4, after: [[], [0], [0], [1, 2]]);
        jobs.Select(_world.State).ShouldBe([JobState.Ready, JobState.Scheduled, JobState.Scheduled, JobState.Scheduled]);
        _world.Advance(100L * 86_400_000);
        _world.Restart();
        var worker = _world.Worker(slots: 9, types: ["t"]);
        _world.Complete(worker.GivenOne());
        var middle = worker.Given();
        middle.Count.ShouldBe(2);
        _world.Complete(middle[1]);
        worker.Given().ShouldBeEmpty();
        _world.Complete(middle[0]);
        _world.Complete(worker.GivenOne());
        Types().ShouldBe(["complete", "success"]);
    }

    [Fact]
    public void What_waits_for_a_job_that_ends_otherwise_is_cancelled_to_the_last()
    {
        var jobs = Create(4, after: [[], [0], [1], []]);
        _world.Control(jobs[0], ControlAction.Cancel);
        jobs.Select(_world.State).ShouldBe([JobState.Cancelled, JobState.Cancelled, JobState.Cancelled, JobState.Ready]);
        _world.View(jobs[2])!.Outcome!.Error!.Code.ShouldBe("dependency");
        (Read().Failed, Read().Pending).ShouldBe((3, 1));
    }

    [Fact]
    public void A_crash_between_an_end_and_what_waits_for_it_is_made_up_for()
    {
        var jobs = Create(2, after: [[], [0]]);
        var given = _world.Worker(types: ["t"]).GivenOne();
        _world.HoldsReads = true;
        _world.Complete(given);
        _world.Database.Live.Values.ShouldHaveSingleItem().State.ShouldBe(JobState.Scheduled);
        _world.HoldsReads = false;
        _world.Restart();
        _world.State(jobs[1]).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void A_waiting_job_can_be_hurried_and_can_expire()
    {
        var request = Request(3, false) with { After = [[], [0], [0]] };
        request.Jobs[2].ExpiresAt = _world.Now + 5_000;
        var jobs = _world.Ask<BatchReply>(request).Jobs.Select(j => j.Id).ToArray();
        _world.Control(jobs[1], ControlAction.Retry).State.ShouldBe(JobState.Ready);
        _world.Advance(5_000);
        _world.State(jobs[2]).ShouldBe(JobState.Expired);
        _world.Worker(slots: 5, types: ["t"]).RunAll().Count.ShouldBe(2);
        Types().ShouldBe(["complete", "failure"]);
    }

    [Fact]
    public void A_finished_batch_is_forgotten_after_the_retention()
    {
        var jobs = Create(1);
        _world.Control(jobs[0], ControlAction.Cancel);
        _world.Now += new DispatcherOptions().RetentionMs + 1;
        _world.Settle();
        _world.Dispatcher.PrepareRetire(0);
        _world.Settle();
        _world.Ask<BatchReply>(new BatchRequest.Read(Id)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Database.Resources.Keys.ShouldNotContain(k => k.Kind == "batch" || k.Kind == "batchstate");
        _world.Restart();
        Create(1);
    }

    [Fact]
    public void A_draining_dispatcher_makes_no_batch()
    {
        _world.Dispatcher.Drain("update");
        _world.Ask<BatchReply>(Request(1, false)).Refusal!.Kind.ShouldBe(RefusalKind.Draining);
    }

    [Fact]
    public void Pages_show_every_batch_once_newest_first_also_those_of_one_millisecond()
    {
        var made = new List<Guid>();
        for (var n = 0; n < 7; n++)
        {
            if (n % 3 == 0) _world.Now++;
            var id = Guid.NewGuid();
            _world.Ask<BatchReply>(Request(0, isOpen: true) with { Id = id }).Created.ShouldBeTrue();
            made.Add(id);
        }

        var seen = new List<BatchView>();
        BatchPosition? after = null;
        do
        {
            var page = _world.Ask<BatchReply>(new BatchRequest.List(2, after));
            page.Batches.Count.ShouldBe(after is null || page.Next is not null ? 2 : 1);
            if (after is null) _world.Ask<BatchReply>(Request(0, isOpen: true)).Created.ShouldBeTrue(); // a newer one moves no page
            seen.AddRange(page.Batches);
            after = page.Next;
        }
        while (after is not null);
        seen.Select(b => b.Id).ShouldBe(made, ignoreOrder: true);
        seen.Select(b => b.CreatedAt).ShouldBeInOrder(SortDirection.Descending);
        _world.Ask<BatchReply>(new BatchRequest.List(8)).Next.ShouldBeNull();
    }

    private static Job Member() => NewJob(options: new JobOptions { Batch = Id });

    private static BatchRequest.Create Request(int jobs, bool isOpen) => new(Id, "name", isOpen, [.. Enumerable.Range(0, jobs).Select(_ => NewJob())])
    {
        OnSuccess = TestTemplates.Of("success"),
        OnFailure = TestTemplates.Of("failure"),
        OnComplete = TestTemplates.Of("complete"),
    };

    private Guid[] Create(int jobs, bool isOpen = false, int[][]? after = null)
    {
        var reply = _world.Ask<BatchReply>(Request(jobs, isOpen) with { After = after ?? [] });
        reply.Created.ShouldBeTrue();
        return [.. reply.Jobs.Select(j => j.Id)];
    }

    private BatchView Ask(BatchRequest request) => _world.Ask<BatchReply>(request).Batches.Single();

    private BatchView Read() => Ask(new BatchRequest.Read(Id));

    /// <summary>The types of live jobs.</summary>
    private string[] Types() => [.. _world.Database.Live.Values.Select(j => j.Shape.Type).Order(StringComparer.Ordinal)];
}
