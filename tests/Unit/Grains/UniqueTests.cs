using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Unique keys: what holds them, what ends them, and what a second job gets.</summary>
public sealed class UniqueTests
{
    private readonly World _world = new();

    public static TheoryData<UniqueUntil, UniqueConflict> All()
    {
        var all = new TheoryData<UniqueUntil, UniqueConflict>();
        foreach (var until in Enum.GetValues<UniqueUntil>())
        {
            foreach (var conflict in Enum.GetValues<UniqueConflict>()) all.Add(until, conflict);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_waiting_job_holds_its_key(UniqueUntil until, UniqueConflict conflict)
    {
        var first = _world.Enqueue(Unique("k", until, conflict, 60_000));
        ExpectTaken(first, Unique("k", until, conflict, 60_000), conflict);
        _world.State(first).ShouldBe(conflict == UniqueConflict.Replace ? JobState.Cancelled : JobState.Ready);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_running_job_holds_its_key_unless_its_start_ended_it(UniqueUntil until, UniqueConflict conflict)
    {
        var first = _world.Enqueue(Unique("k", until, conflict, 60_000));
        var running = _world.Worker().GivenOne();
        if (until == UniqueUntil.Started) ExpectFree(Unique("k", until, conflict, 60_000));
        else ExpectTaken(first, Unique("k", until, conflict, 60_000), conflict);
        _world.State(first).ShouldBe(JobState.Running);
        _world.Complete(running).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_finished_job_holds_its_key_only_until_its_time_is_over(UniqueUntil until, UniqueConflict conflict)
    {
        var first = _world.Enqueue(Unique("k", until, conflict, 60_000));
        _world.Worker().RunAll().Count.ShouldBe(1);
        if (until != UniqueUntil.Expired)
        {
            ExpectFree(Unique("k", until, conflict, 60_000));
            return;
        }

        _world.Advance(59_999);
        ExpectTaken(first, Unique("k", until, UniqueConflict.Return, 60_000), UniqueConflict.Return);
        _world.Advance(1);
        ExpectFree(Unique("k", until, conflict, 60_000));
    }

    [Fact]
    public void The_time_ends_any_lock()
    {
        _world.Enqueue(Unique("k", UniqueUntil.Finished, UniqueConflict.Reject, 1_000));
        _world.Advance(1_000);
        ExpectFree(Unique("k", UniqueUntil.Finished, UniqueConflict.Reject, 1_000));
    }

    [Theory]
    [InlineData(JobState.Cancelled)]
    [InlineData(JobState.Dead)]
    [InlineData(JobState.Expired)]
    public void Every_end_ends_a_lock_until_finished(JobState end)
    {
        var job = Unique("k", UniqueUntil.Finished, UniqueConflict.Reject);
        job.ExpiresAt = _world.Now + 1_000;
        var id = _world.Enqueue(job);
        if (end == JobState.Cancelled) _world.Control(id, ControlAction.Cancel);
        if (end == JobState.Dead) _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail, new JobError("e", "", Final: true));
        if (end == JobState.Expired) _world.Advance(1_000);
        _world.State(id).ShouldBe(end);
        ExpectFree(Unique("k", UniqueUntil.Finished, UniqueConflict.Reject));
    }

    [Fact]
    public void A_retry_or_a_yield_does_not_end_a_lock()
    {
        var id = _world.Enqueue(Unique("k", UniqueUntil.Finished, UniqueConflict.Return));
        var worker = _world.Worker();
        _world.Report(worker.GivenOne(), ReportOutcome.Yield);
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        ExpectTaken(id, Unique("k", UniqueUntil.Finished, UniqueConflict.Return), UniqueConflict.Return);
    }

    [Fact]
    public void Two_jobs_of_one_request_are_two_claims()
    {
        Job[] jobs = [Unique("k", UniqueUntil.Finished, UniqueConflict.Return), Unique("k", UniqueUntil.Finished, UniqueConflict.Return), Unique("l", UniqueUntil.Finished, UniqueConflict.Return)];
        var answers = _world.Ask<EnqueueReply>(new EnqueueRequest(jobs)).Jobs;
        answers.Select(a => a.Duplicate).ShouldBe([false, true, false]);
        answers[1].Id.ShouldBe(answers[0].Id);
        _world.Database.Live.Count.ShouldBe(2);
    }

    [Fact]
    public void A_rejected_job_takes_its_whole_request_with_it()
    {
        _world.Enqueue(Unique("k", UniqueUntil.Finished, UniqueConflict.Reject));
        var reply = _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(), Unique("l", UniqueUntil.Finished, UniqueConflict.Reject), Unique("k", UniqueUntil.Finished, UniqueConflict.Reject)]));
        reply.Refusal!.Kind.ShouldBe(RefusalKind.UniqueConflict);
        reply.Refusal.Field.ShouldBe("jobs[2].unique.key");
        _world.Database.Live.Count.ShouldBe(1);
        ExpectFree(Unique("l", UniqueUntil.Finished, UniqueConflict.Reject));
    }

    [Fact]
    public void Of_two_requests_at_once_one_gets_the_key()
    {
        _world.HoldsReads = true;
        var one = _world.Send<EnqueueReply>(new EnqueueRequest([Unique("k", UniqueUntil.Finished, UniqueConflict.Return)]));
        _world.Turn();
        var other = _world.Send<EnqueueReply>(new EnqueueRequest([Unique("k", UniqueUntil.Finished, UniqueConflict.Return)]));
        _world.Turn();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        one.Reply().Jobs.Single().Duplicate.ShouldBeFalse();
        other.Reply().Jobs.Single().ShouldBe(new EnqueuedJob(one.Reply().Jobs.Single().Id, JobState.Ready, Duplicate: true));
    }

    [Fact]
    public void A_caller_that_goes_while_keys_are_looked_up_gets_an_end_and_no_job()
    {
        using var gone = new CancellationTokenSource();
        _world.HoldsReads = true;
        var enqueue = _world.SendUntil<EnqueueReply>(new EnqueueRequest([Unique("k", UniqueUntil.Finished, UniqueConflict.Return)]), gone.Token);
        _world.Turn();
        gone.Cancel();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        enqueue.Task.IsCompleted.ShouldBeTrue();
        _world.Database.Live.ShouldBeEmpty();
    }

    [Fact]
    public void A_job_that_is_only_in_the_store_can_be_replaced()
    {
        var first = Unique("k", UniqueUntil.Finished, UniqueConflict.Replace);
        first.DueAt = _world.Now + 3_600_000;
        var replaced = _world.Enqueue(first);
        ExpectFree(Unique("k", UniqueUntil.Finished, UniqueConflict.Replace));
        _world.State(replaced).ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void A_duplicate_is_answered_with_the_state_of_a_holder_that_is_only_in_the_store()
    {
        var later = Unique("later", UniqueUntil.Finished, UniqueConflict.Return);
        later.DueAt = _world.Now + 3_600_000;
        _world.Enqueue(later);
        _world.Enqueued(Unique("later", UniqueUntil.Finished, UniqueConflict.Return)).State.ShouldBe(JobState.Scheduled);
        _world.Enqueue(Unique("done", UniqueUntil.Expired, UniqueConflict.Return, 60_000));
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail, new JobError("e", "", Final: true));
        _world.Enqueued(Unique("done", UniqueUntil.Expired, UniqueConflict.Return, 60_000)).State.ShouldBe(JobState.Dead);
    }

    [Fact]
    public void A_duplicate_in_the_same_request_is_answered_with_its_holders_state()
    {
        Job[] jobs = [Unique("k", UniqueUntil.Finished, UniqueConflict.Return), Unique("k", UniqueUntil.Finished, UniqueConflict.Return)];
        jobs[0].DueAt = _world.Now + 3_600_000;
        _world.Ask<EnqueueReply>(new EnqueueRequest(jobs)).Jobs.Select(a => a.State).ShouldBe([JobState.Scheduled, JobState.Scheduled]);
    }

    [Fact]
    public void Of_many_replacements_in_one_request_the_last_lives()
    {
        Job[] jobs = [.. Enumerable.Range(0, 5).Select(_ => Unique("k", UniqueUntil.Finished, UniqueConflict.Replace))];
        var ids = _world.Ask<EnqueueReply>(new EnqueueRequest(jobs)).Jobs.Select(j => j.Id).ToArray();
        ids.Select(_world.State).ShouldBe([JobState.Cancelled, JobState.Cancelled, JobState.Cancelled, JobState.Cancelled, JobState.Ready]);
        ExpectTaken(ids[4], Unique("k", UniqueUntil.Finished, UniqueConflict.Return), UniqueConflict.Return);
    }

    [Fact]
    public void A_running_job_that_is_replaced_runs_on_without_its_key()
    {
        var first = _world.Enqueue(Unique("k", UniqueUntil.Finished, UniqueConflict.Replace));
        var running = _world.Worker().GivenOne();
        var second = _world.Enqueue(Unique("k", UniqueUntil.Finished, UniqueConflict.Replace));
        _world.Complete(running).ShouldBeTrue();
        _world.State(first).ShouldBe(JobState.Succeeded);
        ExpectTaken(second, Unique("k", UniqueUntil.Finished, UniqueConflict.Return), UniqueConflict.Return);
    }

    private void ExpectTaken(Guid holder, Job second, UniqueConflict conflict)
    {
        var reply = _world.Ask<EnqueueReply>(new EnqueueRequest([second]));
        switch (conflict)
        {
            case UniqueConflict.Return: reply.Jobs.Single().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(holder), j => j.Duplicate.ShouldBeTrue()); break;
            case UniqueConflict.Reject: reply.Refusal!.Kind.ShouldBe(RefusalKind.UniqueConflict); break;
            default: reply.Jobs.Single().Duplicate.ShouldBeFalse(); break;
        }
    }

    private void ExpectFree(Job job) => _world.Enqueued(job).Duplicate.ShouldBeFalse();
}
