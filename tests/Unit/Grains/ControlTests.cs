using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>What operators do to one job, wherever it is: in memory or only in the store.</summary>
public sealed class ControlTests
{
    private const long Hour = 3_600_000;

    private readonly World _world = new();

    [Fact]
    public void Cancelling_a_running_job_tells_its_worker_and_frees_the_slot()
    {
        var ids = _world.EnqueueMany(2);
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Control(ids[0], ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        var told = worker.Told();
        told.OfType<SessionMessage.Cancel>().Single().Lease.ShouldBe(job.Lease);
        told.OfType<SessionMessage.Run>().Single().Jobs.Single().Id.ShouldBe(ids[1]);
        _world.Complete(job).ShouldBeFalse();
        _world.State(ids[0]).ShouldBe(JobState.Cancelled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(Hour)]
    public void A_waiting_job_can_be_cancelled(long delayMs)
    {
        var id = _world.Enqueue(NewJob(dueAt: delayMs == 0 ? 0 : _world.Now + delayMs));
        _world.Control(id, ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        _world.Advance(2 * Hour);
        _world.Worker().Given().ShouldBeEmpty();
        _world.State(id).ShouldBe(JobState.Cancelled);
        _world.Control(id, ControlAction.Cancel).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(Hour)]
    public void A_scheduled_job_can_be_run_now(long delayMs)
    {
        var id = _world.Enqueue(NewJob(dueAt: _world.Now + delayMs));
        _world.Control(id, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        _world.Worker().GivenOne().Id.ShouldBe(id);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(Hour)]
    public void A_job_in_retry_can_be_run_now(long delayMs)
    {
        var id = _world.Enqueue(NewJob(options: Retrying(baseMs: delayMs)));
        var worker = _world.Worker();
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.State(id).ShouldBe(JobState.Retry);
        _world.Control(id, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        worker.GivenOne().Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_dead_job_lives_again_with_fresh_attempts()
    {
        var id = _world.Enqueue(NewJob(options: Retrying(maxAttempts: 2, maxFails: 2)));
        var worker = _world.Worker();
        var stale = FailTwice(worker);
        _world.State(id).ShouldBe(JobState.Dead);
        _world.Control(id, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        FailTwice(worker)[1].Attempt.ShouldBe(4);
        _world.State(id).ShouldBe(JobState.Dead);
        _world.View(id)!.Job.Fails.ShouldBe(2);
        stale.ShouldAllBe(j => !_world.Complete(j));
    }

    [Fact]
    public void A_succeeded_job_can_be_run_again()
    {
        var id = _world.Enqueue(NewJob());
        var worker = _world.Worker();
        _world.Complete(worker.GivenOne());
        _world.Control(id, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        _world.Complete(worker.GivenOne()).ShouldBeTrue();
        _world.State(id).ShouldBe(JobState.Succeeded);
    }

    [Fact]
    public void A_running_or_ready_job_cannot_be_retried()
    {
        var ids = _world.EnqueueMany(2);
        _world.Worker();
        foreach (var id in ids) _world.Control(id, ControlAction.Retry).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void An_interrupt_asks_the_worker_to_yield()
    {
        var id = _world.Enqueue(NewJob());
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Control(id, ControlAction.Interrupt).State.ShouldBe(JobState.Running);
        worker.Told().ShouldHaveSingleItem().ShouldBeOfType<SessionMessage.Interrupt>().Lease.ShouldBe(job.Lease);
        _world.Ask<NoteReply>(new NoteRequest.Extend(job.Lease)).Interrupted.ShouldBeTrue();
        _world.Report(job, ReportOutcome.Yield).ShouldBeTrue();
        worker.GivenOne().Attempt.ShouldBe(2);
    }

    [Fact]
    public void Only_a_running_job_can_be_interrupted()
    {
        var id = _world.Enqueue(NewJob());
        _world.Control(id, ControlAction.Interrupt).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        var finished = _world.Enqueue(NewJob());
        _world.Worker().RunAll();
        _world.Control(finished, ControlAction.Interrupt).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData(ControlAction.Cancel)]
    [InlineData(ControlAction.Retry)]
    [InlineData(ControlAction.Interrupt)]
    public void Nobody_knows_a_job_that_never_was(ControlAction action) =>
        _world.Control(JobId.Create(World.Start, 12_345, 0), action).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);

    [Fact]
    public void A_job_in_the_backlog_can_be_cancelled()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16 });
        var ids = world.EnqueueMany(500);
        world.Control(ids[400], ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        world.Control(ids[2], ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        world.Worker(slots: 8).RunAll().Select(j => j.Id).ShouldBe(ids.Except([ids[2], ids[400]]));
    }

    [Fact]
    public void A_job_that_started_while_the_store_was_asked_is_cancelled_as_running()
    {
        var world = new World(new DispatcherOptions { AlarmHorizonMs = 10 });
        var id = world.Enqueue(NewJob(dueAt: world.Now + 1_000));
        var worker = world.Worker();
        world.HoldsReads = true;
        var cancel = world.Send<ControlReply>(new ControlJobRequest(id, ControlAction.Cancel));
        world.Turn();
        world.HoldsReads = false;
        world.Advance(1_000);
        world.FinishReads();
        world.Settle();
        cancel.Reply().State.ShouldBe(JobState.Cancelled);
        world.State(id).ShouldBe(JobState.Cancelled);
        world.Dispatcher.OpenLeases.ShouldBe(0);
        worker.IsClosed.ShouldBeFalse();
    }

    private LeasedJob[] FailTwice(TestWorker worker)
    {
        var first = worker.GivenOne();
        _world.Report(first, ReportOutcome.Fail);
        _world.Advance(1_000);
        var second = worker.GivenOne();
        _world.Report(second, ReportOutcome.Fail);
        return [first, second];
    }
}
