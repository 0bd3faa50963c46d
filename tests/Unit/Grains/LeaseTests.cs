using System.Text.Json;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>One live lease a job, and only its holder is heard.</summary>
public sealed class LeaseTests
{
    private readonly World _world = new();
    private readonly TestWorker _worker;

    public LeaseTests() => _worker = _world.Worker();

    [Fact]
    public void A_completed_job_has_its_result()
    {
        var id = _world.Enqueue(NewJob());
        _world.Complete(_worker.GivenOne(), """{"sent":1}""").ShouldBeTrue();
        var view = _world.View(id)!;
        view.Job.State.ShouldBe(JobState.Succeeded);
        System.Text.Encoding.UTF8.GetString(view.Outcome!.Result!).ShouldBe("""{"sent":1}""");
        view.Worker.ShouldBe("w");
    }

    [Fact]
    public void A_second_report_of_the_same_lease_is_stale()
    {
        _world.Enqueue(NewJob());
        var job = _worker.GivenOne();
        _world.Complete(job).ShouldBeTrue();
        _world.Complete(job).ShouldBeFalse();
        _world.Report(job, ReportOutcome.Fail).ShouldBeFalse();
    }

    [Fact]
    public void Reports_of_one_message_are_answered_one_by_one_in_order()
    {
        _world.Enqueue(NewJob());
        var job = _worker.GivenOne();
        var guessed = job.Lease with { Nonce = job.Lease.Nonce + 1 };
        Report[] reports = [new(guessed, ReportOutcome.Complete), new(job.Lease, ReportOutcome.Complete), new(job.Lease, ReportOutcome.Complete)];
        _world.Ask<ReportReply>(new ReportRequest(reports)).Accepted.ShouldBe([false, true, false]);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void A_token_that_differs_in_anything_is_stale(long seq, int attempt, uint nonce)
    {
        _world.Enqueue(NewJob());
        var lease = _worker.GivenOne().Lease;
        var other = new LeaseToken(lease.Seq + seq, lease.Attempt + attempt, lease.Nonce + nonce);
        _world.Ask<ReportReply>(new ReportRequest([new Report(other, ReportOutcome.Complete)])).Accepted.ShouldBe([false]);
    }

    [Fact]
    public void A_timeout_requeues_the_job_and_makes_the_old_token_stale()
    {
        var id = _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 1_000 }));
        var first = _worker.GivenOne();
        Beat(900);
        _worker.Told().ShouldBeEmpty();
        Beat(100);
        var told = _worker.Told();
        told.OfType<SessionMessage.Cancel>().ShouldHaveSingleItem().Lease.ShouldBe(first.Lease);
        var second = told.OfType<SessionMessage.Run>().ShouldHaveSingleItem().Jobs.ShouldHaveSingleItem();
        second.Attempt.ShouldBe(2);
        _world.Complete(first).ShouldBeFalse();
        _world.Complete(second).ShouldBeTrue();
        Outcomes(id).ShouldBe(["timeout", "complete"]);
    }

    [Fact]
    public void Timeouts_count_as_attempts_until_the_job_is_dead()
    {
        var id = _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 1_000, Retry = new RetryPolicy { MaxAttempts = 3 } }));
        for (var i = 0; i < 3; i++) Beat(1_000);
        var view = _world.View(id)!;
        view.Job.State.ShouldBe(JobState.Dead);
        view.Job.Attempt.ShouldBe(3);
        view.Job.Fails.ShouldBe(0);
        view.Outcome!.Error!.Code.ShouldBe("timeout");
        Outcomes(id).ShouldBe(["timeout", "timeout", "timeout"]);
    }

    [Fact]
    public void An_extended_lease_times_out_later()
    {
        _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 1_000 }));
        var job = _worker.GivenOne();
        Beat(900);
        _world.Ask<NoteReply>(new NoteRequest.Extend(job.Lease)).Accepted.ShouldBeTrue();
        Beat(999);
        _worker.Told().ShouldBeEmpty();
        Beat(1);
        _worker.Told().OfType<SessionMessage.Cancel>().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_failure_waits_for_its_delay()
    {
        var id = _world.Enqueue(NewJob(options: Retrying()));
        _world.Report(_worker.GivenOne(), ReportOutcome.Fail, new JobError("503", "busy"));
        _world.State(id).ShouldBe(JobState.Retry);
        Beat(999);
        _worker.Given().ShouldBeEmpty();
        Beat(1);
        _worker.GivenOne().Attempt.ShouldBe(2);
    }

    [Fact]
    public void The_worker_may_name_the_delay()
    {
        _world.Enqueue(NewJob(options: Retrying()));
        _world.Report(_worker.GivenOne(), ReportOutcome.Fail, new JobError("429", "slow down", RetryAfterMs: 7_000));
        Beat(6_999);
        _worker.Given().ShouldBeEmpty();
        Beat(1);
        _worker.GivenOne();
    }

    [Fact]
    public void The_last_failure_is_the_end()
    {
        var id = _world.Enqueue(NewJob(options: Retrying(maxFails: 2)));
        for (var i = 0; i < 2; i++)
        {
            _world.Report(_worker.GivenOne(), ReportOutcome.Fail, new JobError("e", $"number {i}"));
            Beat(10_000);
        }

        var view = _world.View(id)!;
        view.Job.State.ShouldBe(JobState.Dead);
        view.Job.Fails.ShouldBe(2);
        view.Outcome!.Error!.Message.ShouldBe("number 1");
    }

    [Fact]
    public void A_final_error_needs_no_second_try()
    {
        var id = _world.Enqueue(NewJob());
        _world.Report(_worker.GivenOne(), ReportOutcome.Fail, new JobError("bad", "args", Final: true));
        _world.State(id).ShouldBe(JobState.Dead);
    }

    [Fact]
    public void A_yield_is_no_failure_and_no_attempt()
    {
        var id = _world.Enqueue(NewJob(options: Retrying(maxAttempts: 1)));
        for (var i = 1; i <= 5; i++)
        {
            var job = _worker.GivenOne();
            job.Attempt.ShouldBe(i);
            _world.Report(job, ReportOutcome.Yield);
        }

        _world.Complete(_worker.GivenOne());
        var view = _world.View(id)!;
        (view.Job.State, view.Job.Attempt, view.Job.Yields, view.Job.Fails).ShouldBe((JobState.Succeeded, 6, 5, 0));
        _world.Counts().Failed.ShouldBe(0);
    }

    [Fact]
    public void Checkpoints_go_with_the_next_attempt()
    {
        var id = _world.Enqueue(NewJob());
        var job = _worker.GivenOne();
        job.Checkpoints.ShouldBeNull();
        Checkpoint(job.Lease, "page", "7");
        Checkpoint(job.Lease, "total", "70");
        Checkpoint(job.Lease, "page", "8");
        _world.Report(job, ReportOutcome.Yield);
        System.Text.Encoding.UTF8.GetString(_worker.GivenOne().Checkpoints!).ShouldBe("""{"total":70,"page":8}""");
        System.Text.Encoding.UTF8.GetString(_world.View(id)!.Job.Checkpoints!).ShouldBe("""{"total":70,"page":8}""");
    }

    [Fact]
    public void Checkpoints_survive_the_death_of_worker_and_dispatcher()
    {
        _world.Enqueue(NewJob());
        Checkpoint(_worker.GivenOne().Lease, "page", "7");
        _world.Restart();
        _world.Advance(20_000);
        System.Text.Encoding.UTF8.GetString(_world.Worker().GivenOne().Checkpoints!).ShouldBe("""{"page":7}""");
    }

    [Fact]
    public void Progress_is_shown_while_the_job_runs()
    {
        var id = _world.Enqueue(NewJob());
        var lease = _worker.GivenOne().Lease;
        _world.Ask<NoteReply>(new NoteRequest.Progress(lease, "rows", 3, 10)).Accepted.ShouldBeTrue();
        System.Text.Encoding.UTF8.GetString(_world.View(id)!.Job.Progress!).ShouldBe("""{"rows":{"done":3,"total":10}}""");
    }

    [Fact]
    public void Too_much_is_refused_and_changes_nothing()
    {
        var id = _world.Enqueue(NewJob());
        var lease = _worker.GivenOne().Lease;
        Checkpoint(lease, "a", "1");
        var large = new byte[(1 << 20) + 1];
        Array.Fill(large, (byte)'7');
        var reply = _world.Ask<NoteReply>(new NoteRequest.Checkpoint(lease, "b", large));
        reply.Refusal!.Kind.ShouldBe(RefusalKind.TooLarge);
        System.Text.Encoding.UTF8.GetString(_world.View(id)!.Job.Checkpoints!).ShouldBe("""{"a":1}""");
    }

    [Fact]
    public void A_stale_lease_can_note_nothing()
    {
        _world.Enqueue(NewJob());
        var job = _worker.GivenOne();
        _world.Complete(job);
        NoteRequest[] notes =
        [
            new NoteRequest.Checkpoint(job.Lease, "a", "1"u8.ToArray()), new NoteRequest.Progress(job.Lease, "a", 1, 2),
            new NoteRequest.Log(job.Lease, "info", "late"), new NoteRequest.Extend(job.Lease),
        ];
        foreach (var note in notes) _world.Ask<NoteReply>(note).Accepted.ShouldBeFalse();
        _world.Database.Logs.ShouldBeEmpty();
    }

    [Fact]
    public void Arguments_too_large_for_memory_reach_the_worker_whole()
    {
        var args = new byte[10_000];
        Array.Fill(args, (byte)' ');
        args[0] = (byte)'1';
        _world.Enqueue(NewJob("blocker"));
        _world.EnqueueMany(300, _ => NewJob(args: args));
        _world.Restart();
        _world.Advance(20_000);
        var run = _world.Worker(slots: 7).RunAll();
        run.Count.ShouldBe(301);
        run.Count(j => j.Args.AsSpan().SequenceEqual(args)).ShouldBe(300);
    }

    [Fact]
    public void The_attempt_that_ended_the_job_is_in_its_history_and_stays_there_when_an_operator_retries_it()
    {
        var id = _world.Enqueue(NewJob(options: Retrying(baseMs: 1)));
        _world.Report(_worker.GivenOne(), ReportOutcome.Fail, new JobError("e", "")).ShouldBeTrue();
        _world.Advance(1);
        _world.Complete(_worker.GivenOne()).ShouldBeTrue();
        Outcomes(id).ShouldBe(["fail", "complete"]);
        _world.Control(id, ControlAction.Retry).Refusal.ShouldBeNull();
        _worker.GivenOne();
        Outcomes(id).ShouldBe(["fail", "complete"]);
        _world.Control(id, ControlAction.Cancel).Refusal.ShouldBeNull();
        Outcomes(id).ShouldBe(["fail", "complete", "cancel"]);
        _world.Restart();
        Outcomes(id).ShouldBe(["fail", "complete", "cancel"]);
    }

    private void Beat(long ms)
    {
        _world.Advance(ms);
        _world.Session(_worker, SessionAction.Heartbeat);
    }

    private void Checkpoint(LeaseToken lease, string name, string value) =>
        _world.Ask<NoteReply>(new NoteRequest.Checkpoint(lease, name, System.Text.Encoding.UTF8.GetBytes(value))).ShouldBe(new NoteReply(true));

    private string?[] Outcomes(Guid id)
    {
        using var attempts = JsonDocument.Parse(_world.View(id)!.Job.Attempts!);
        return [.. attempts.RootElement.EnumerateArray().Select(a => a.GetProperty("outcome").GetString())];
    }
}
