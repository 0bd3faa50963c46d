using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Workers that poll: no session, leases of their own.</summary>
public sealed class PollTests
{
    private readonly World _world = new();

    [Fact]
    public void A_poll_that_does_not_wait_gets_what_is_there()
    {
        _world.EnqueueMany(5);
        _world.Ask<LeaseReply>(Poll(max: 3)).Jobs.Count.ShouldBe(3);
        _world.Ask<LeaseReply>(Poll(max: 3)).Jobs.Count.ShouldBe(2);
        _world.Ask<LeaseReply>(Poll(max: 3)).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public void A_waiting_poll_is_answered_by_the_first_job()
    {
        var poll = _world.Send<LeaseReply>(Poll(max: 3, waitMs: 20_000));
        _world.Advance(10_000);
        poll.Task.IsCompleted.ShouldBeFalse();
        var id = _world.Enqueue(NewJob());
        poll.Reply().Jobs.ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public void A_poll_that_waited_in_vain_is_answered_in_time()
    {
        var poll = _world.Send<LeaseReply>(Poll(waitMs: 20_000));
        _world.Advance(19_999);
        poll.Task.IsCompleted.ShouldBeFalse();
        _world.Advance(1);
        poll.Reply().Jobs.ShouldBeEmpty();
        _world.Ask<StatsReply>(new StatsRequest()).Workers.ShouldBeEmpty();
    }

    [Fact]
    public void A_poller_that_has_gone_gets_no_job()
    {
        using var gone = new CancellationTokenSource();
        var poll = _world.SendUntil<LeaseReply>(Poll(waitMs: 20_000), gone.Token);
        _world.Settle();
        gone.Cancel();
        _world.Enqueue(NewJob());
        _world.Dispatcher.OpenLeases.ShouldBe(0);
        poll.Reply().Jobs.ShouldBeEmpty();
    }

    [Fact]
    public void A_poller_that_goes_before_its_answer_gives_its_jobs_back()
    {
        using var gone = new CancellationTokenSource();
        var id = _world.Enqueue(NewJob());
        _world.HoldsCommits = true;
        _world.SendUntil<LeaseReply>(Poll(), gone.Token);
        _world.Turn();
        gone.Cancel();
        _world.Commit();
        _world.HoldsCommits = false;
        _world.Settle();
        _world.State(id).ShouldBe(JobState.Ready);
        _world.View(id)!.Job.Yields.ShouldBe(1);
    }

    [Fact]
    public void A_polled_lease_needs_nobody_to_be_there()
    {
        _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 100_000 }));
        var job = _world.Ask<LeaseReply>(Poll()).Jobs.Single();
        _world.Advance(99_999);
        _world.Complete(job).ShouldBeTrue();
    }

    [Fact]
    public void A_polled_lease_times_out()
    {
        _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 1_000 }));
        var first = _world.Ask<LeaseReply>(Poll()).Jobs.Single();
        _world.Advance(1_000);
        _world.Complete(first).ShouldBeFalse();
        _world.Ask<LeaseReply>(Poll()).Jobs.Single().Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_poller_gets_nothing_ahead()
    {
        _world.EnqueueMany(50);
        for (var i = 0; i < 5; i++) _world.Complete(_world.Ask<LeaseReply>(Poll()).Jobs.Single(), runMs: 1);
        _world.Ask<LeaseReply>(Poll()).Jobs.Count.ShouldBe(1);
    }

    [Fact]
    public void What_was_leased_ahead_and_not_handed_over_is_given_back_when_its_worker_comes_back_after_a_restart()
    {
        _world.EnqueueMany(3);
        var jobs = _world.Ask<LeaseReply>(Poll(max: 3) with { Ahead = true }).Jobs;
        _world.Ask<NoteReply>(new NoteRequest.Extend(jobs[0].Lease)).Accepted.ShouldBeTrue();
        _world.Restart();
        _world.Dispatcher.OpenLeases.ShouldBe(3);
        _world.Worker(slots: 0, name: "p");
        _world.Dispatcher.OpenLeases.ShouldBe(1);
        _world.State(jobs[1].Id).ShouldBe(JobState.Ready);
        _world.View(jobs[1].Id)!.Job.Yields.ShouldBe(1);
        _world.Complete(jobs[0]).ShouldBeTrue();
        _world.Complete(jobs[2]).ShouldBeFalse();
    }

    [Fact]
    public void What_was_leased_ahead_lives_as_long_as_any_lease()
    {
        _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 100_000 }));
        var job = _world.Ask<LeaseReply>(Poll() with { Ahead = true }).Jobs.Single();
        _world.Advance(99_999);
        _world.Ask<NoteReply>(new NoteRequest.Extend(job.Lease)).Accepted.ShouldBeTrue();
        _world.Advance(99_999);
        _world.Complete(job).ShouldBeTrue();
    }

    [Fact]
    public void A_worker_without_slots_shows_what_it_polled()
    {
        _world.EnqueueMany(3);
        _world.Worker(slots: 0, name: "p");
        _world.Ask<LeaseReply>(Poll(max: 2));
        _world.Ask<LeaseReply>(Poll(worker: "other"));
        _world.Ask<StatsReply>(new StatsRequest()).Workers.ShouldHaveSingleItem().Held.ShouldBe(2);
    }

    [Fact]
    public void Pollers_are_fair_to_tenants_too()
    {
        _world.EnqueueMany(50, _ => NewJob(tenant: "a"));
        _world.EnqueueMany(50, _ => NewJob(tenant: "b"));
        var served = Enumerable.Range(0, 40).Select(_ => _world.Ask<LeaseReply>(Poll()).Jobs.Single().Shape.Tenant).ToArray();
        served.Count(t => t == "a").ShouldBeInRange(19, 21);
    }

    [Fact]
    public void A_poll_waits_for_a_window_that_is_being_filled()
    {
        _world.EnqueueMany(10);
        _world.HoldsReads = true;
        _world.Restart();
        var poll = _world.Send<LeaseReply>(Poll(max: 10));
        _world.Turn();
        poll.Task.IsCompleted.ShouldBeFalse();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        poll.Reply().Jobs.Count.ShouldBe(10);
    }
}
