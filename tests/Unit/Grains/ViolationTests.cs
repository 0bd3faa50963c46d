using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Grains;

public sealed class ViolationTests
{
    private readonly World _world = new();

    [Fact]
    public void A_job_that_runs_too_long_is_reported_once_and_measured_to_its_end()
    {
        Policy(maxRunMs: 1_000);
        var listener = _world.Listen("violation.reported");
        var id = _world.Enqueue(WorldCalls.NewJob("mail", "acme"));
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Advance(999);
        Seen().ShouldBeEmpty();
        _world.Advance(501);
        var seen = Seen().ShouldHaveSingleItem();
        (seen.Kind, seen.Job, seen.Type, seen.Tenant, seen.Worker, seen.Attempt).ShouldBe((ViolationKind.MaxRunTime, id, "mail", "acme", "w", 1));
        (seen.At, seen.AllowedMs, seen.ActualMs, seen.IsOpen, seen.YieldMs).ShouldBe((World.Start + 1_000, 1_000, 1_500, true, null));
        worker.Told().ShouldBeEmpty();
        _world.Complete(job);
        _world.Advance(10_000);
        (Seen().Single().ActualMs, Seen().Single().IsOpen).ShouldBe((1_500, false));
        listener.Heard().Count(e => e.Event == "violation.reported" && e.Job == id).ShouldBe(1);
        _world.Stats().Violations.ShouldBe([new ViolationCount("mail", ViolationKind.MaxRunTime, 1)]);
    }

    [Fact]
    public void A_worker_is_asked_to_yield_and_how_long_it_takes_is_measured()
    {
        Policy(maxRunMs: 1_000, action: ViolationAction.Interrupt);
        _world.Enqueue(WorldCalls.NewJob("mail", weight: 5));
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Advance(1_000);
        worker.Told().ShouldHaveSingleItem().ShouldBeOfType<SessionMessage.Interrupt>().Lease.ShouldBe(job.Lease);
        _world.Advance(300);
        worker.Told().ShouldBeEmpty();
        _world.Report(job, ReportOutcome.Yield);
        (Seen().Single().YieldMs, Seen().Single().ActualMs).ShouldBe((300, 1_300));
        worker.GivenOne().Shape.Weight.ShouldBe(5);
    }

    [Fact]
    public void A_checkpoint_starts_the_clock_anew()
    {
        Policy(checkpointMs: 1_000, action: ViolationAction.Interrupt);
        _world.Enqueue(WorldCalls.NewJob("mail"));
        var worker = _world.Worker();
        var job = worker.GivenOne();
        for (var i = 0; i < 5; i++)
        {
            _world.Advance(900);
            Save(job);
        }

        Seen().ShouldBeEmpty();
        _world.Advance(1_400);
        worker.Told().ShouldHaveSingleItem();
        Save(job);
        (Seen().Single().ActualMs, Seen().Single().IsOpen).ShouldBe((1_400, false));
        _world.Advance(1_000);
        Seen().Count.ShouldBe(2);
        Seen()[0].At.ShouldBe(_world.Now, "the newest first");
        worker.Told().ShouldBeEmpty("it has been asked already");
    }

    [Theory]
    [InlineData(ReportOutcome.Yield)]
    [InlineData(ReportOutcome.Fail)]
    public void A_violator_goes_on_with_a_tenth_of_its_weight(ReportOutcome outcome)
    {
        Policy(maxRunMs: 1_000, checkpointMs: 1_000, action: ViolationAction.Deprioritise);
        var id = _world.Enqueue(WorldCalls.NewJob("mail", weight: 2, options: WorldCalls.Retrying()));
        _world.EnqueueMany(3, _ => WorldCalls.NewJob("mail", weight: 2));
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Advance(1_500);
        worker.Told().ShouldHaveSingleItem();
        _world.Report(job, outcome);
        _world.View(id)!.Job.Shape.Weight.ShouldBe(0.2, 1e-12);
        _world.Restart();
        _world.Advance(1_000);
        worker = _world.Worker();
        worker.RunAll().Count.ShouldBe(4);
        _world.State(id).ShouldBe(JobState.Succeeded);
    }

    [Fact]
    public void A_weight_has_a_floor()
    {
        Policy(maxRunMs: 1_000, action: ViolationAction.Deprioritise);
        var id = _world.Enqueue(WorldCalls.NewJob("mail", weight: 5e-6));
        var worker = _world.Worker();
        for (var i = 0; i < 3; i++)
        {
            var job = worker.Given().ShouldHaveSingleItem();
            _world.Advance(1_000);
            _world.Report(job, ReportOutcome.Yield);
            _world.View(id)!.Job.Shape.Weight.ShouldBe(1e-6);
        }
    }

    [Fact]
    public void The_timeout_stands_besides()
    {
        Policy(maxRunMs: 1_000);
        var id = _world.Enqueue(WorldCalls.NewJob("mail", options: new JobOptions { TimeoutMs = 3_000, Retry = new RetryPolicy { MaxAttempts = 1 } }));
        _world.Worker();
        _world.Advance(2_999);
        _world.State(id).ShouldBe(JobState.Running);
        _world.Advance(1);
        _world.State(id).ShouldBe(JobState.Dead);
        Seen().Single().ActualMs.ShouldBe(3_000);
    }

    [Fact]
    public void A_policy_that_comes_or_goes_holds_for_jobs_that_run()
    {
        _world.Enqueue(WorldCalls.NewJob("mail"));
        _world.Worker();
        _world.Advance(5_000);
        Policy(checkpointMs: 2_000);
        Seen().ShouldBeEmpty("its clock starts with the policy");
        Policy(maxRunMs: 4_000);
        Seen().Single().ActualMs.ShouldBe(5_000);
        _world.Delete(ResourceKind.Type, "mail");
        _world.Advance(60_000);
        Seen().Count.ShouldBe(1);
        _world.Stats().Violations.ShouldBeEmpty("counts live as long as the policy");
    }

    [Fact]
    public void It_is_measured_after_a_restart_and_who_does_not_come_back_is_lost_as_ever()
    {
        Policy(maxRunMs: 20_000);
        _world.EnqueueMany(2, _ => WorldCalls.NewJob("mail"));
        var claimed = _world.Worker(name: "a").GivenOne();
        var lost = _world.Worker(name: "b").GivenOne();
        _world.Advance(10_000);
        _world.Restart();
        _world.Worker(name: "a", held: [claimed.Lease]);
        _world.Advance(15_000);
        _world.State(lost.Id).ShouldBe(JobState.Ready);
        Seen().ShouldHaveSingleItem().Job.ShouldBe(claimed.Id);
        Seen().Single().ActualMs.ShouldBe(25_000);
        _world.State(claimed.Id).ShouldBe(JobState.Running);
    }

    [Fact]
    public void The_newest_thousand_are_kept_and_all_are_counted()
    {
        Policy(maxRunMs: 10);
        _world.EnqueueMany(1_200, _ => WorldCalls.NewJob("mail"));
        _world.Worker(slots: 1_200);
        _world.Advance(10);
        var reply = _world.Ask<ViolationsReply>(new ViolationsRequest(null, 2_000));
        reply.Items.Count.ShouldBe(1_000);
        reply.Counts.Single().Count.ShouldBe(1_200);
        _world.Ask<ViolationsReply>(new ViolationsRequest("other", 2_000)).Items.ShouldBeEmpty();
    }

    private IReadOnlyList<ViolationView> Seen() => _world.Ask<ViolationsReply>(new ViolationsRequest(null, 100)).Items;

    private void Save(LeasedJob job) => _world.Ask<NoteReply>(new NoteRequest.Checkpoint(job.Lease, "at", "1"u8.ToArray())).Accepted.ShouldBeTrue();

    private void Policy(long maxRunMs = 0, long checkpointMs = 0, ViolationAction action = ViolationAction.Report) =>
        _world.Put("mail", new TypeRule { MaxRunTimeMs = maxRunMs, CheckpointEveryMs = checkpointMs, OnViolation = action });
}
