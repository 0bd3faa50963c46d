using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Workers come, go, come back, and are told no more than they can do.</summary>
public sealed class SessionTests
{
    private readonly World _world = new();

    [Fact]
    public void A_worker_gets_as_many_jobs_as_it_has_slots()
    {
        _world.EnqueueMany(10);
        _world.Worker(slots: 3).Given().Count.ShouldBe(3);
        _world.Dispatcher.OpenLeases.ShouldBe(3);
    }

    [Fact]
    public void Jobs_are_spread_over_the_free_workers()
    {
        var workers = Enumerable.Range(0, 4).Select(i => _world.Worker(slots: 5, name: $"w{i}")).ToArray();
        _world.EnqueueMany(8);
        workers.Select(w => w.Given().Count).ShouldBe([2, 2, 2, 2]);
    }

    [Fact]
    public void Slots_can_be_changed()
    {
        _world.EnqueueMany(10);
        var worker = _world.Worker(slots: 0);
        worker.Given().ShouldBeEmpty();
        _world.Session(worker, SessionAction.Slots, 4);
        worker.Given().Count.ShouldBe(4);
        _world.Session(worker, SessionAction.Slots, 2);
        worker.Given().ShouldBeEmpty();
    }

    [Fact]
    public void A_worker_gets_only_types_and_queues_it_takes()
    {
        _world.Enqueue(NewJob("a", queue: "x"));
        _world.Enqueue(NewJob("b", queue: "x"));
        _world.Enqueue(NewJob("a", queue: "y"));
        _world.Worker(slots: 9, types: ["a"], queues: ["x"]).GivenOne();
        _world.Worker(slots: 9, name: "w2", types: ["a", "b"]).Given().Count.ShouldBe(2);
    }

    [Fact]
    public void A_lost_worker_loses_its_jobs_after_the_grace_time_only()
    {
        _world.EnqueueMany(2);
        var lost = _world.Worker(slots: 2);
        var held = lost.Given();
        _world.Session(lost, SessionAction.Detach);
        lost.IsClosed.ShouldBeTrue();
        var other = _world.Worker(slots: 2, name: "other");
        Beat(other, 14_999);
        other.Given().ShouldBeEmpty();
        Beat(other, 1);
        other.Given().Select(j => (j.Id, j.Attempt)).ShouldBe(held.Select(j => (j.Id, 2)));
        _world.Complete(held[0]).ShouldBeFalse();
    }

    [Fact]
    public void A_silent_worker_is_lost_after_three_heartbeats()
    {
        _world.Enqueue(NewJob());
        _world.Worker().GivenOne();
        _world.Advance(29_999);
        _world.Dispatcher.OpenLeases.ShouldBe(1);
        _world.Advance(1);
        _world.Dispatcher.OpenLeases.ShouldBe(0);
        _world.Counts().Failed.ShouldBe(1);
    }

    [Fact]
    public void A_worker_that_reports_is_not_silent()
    {
        _world.EnqueueMany(100);
        var worker = _world.Worker();
        for (var i = 0; i < 6; i++)
        {
            _world.Advance(20_000);
            _world.Complete(worker.GivenOne()).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_worker_that_comes_back_keeps_the_leases_it_still_holds()
    {
        _world.EnqueueMany(2);
        var before = _world.Worker(slots: 2);
        var held = before.Given();
        _world.Session(before, SessionAction.Detach);
        _world.Advance(10_000);
        var after = _world.Worker(slots: 2, held: [held[0].Lease, held[1].Lease, held[1].Lease with { Nonce = 1 }]);
        after.Accepted.ShouldBe([held[0].Lease, held[1].Lease]);
        _world.Advance(20_000);
        _world.Complete(held[0]).ShouldBeTrue();
        _world.Complete(held[1]).ShouldBeTrue();
        after.Told().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_worker_that_comes_back_does_not_claim_is_given_back_at_once_and_is_no_failure()
    {
        _world.EnqueueMany(2);
        var before = _world.Worker(slots: 2);
        var held = before.Given();
        _world.Session(before, SessionAction.Detach);
        var after = _world.Worker(slots: 2, held: [held[0].Lease]);
        var again = after.GivenOne();
        (again.Id, again.Attempt).ShouldBe((held[1].Id, 2));
        _world.Counts().Failed.ShouldBe(0);
    }

    [Fact]
    public void A_worker_can_come_back_before_its_break_was_noticed()
    {
        _world.Enqueue(NewJob());
        var before = _world.Worker();
        var lease = before.GivenOne().Lease;
        var after = _world.Worker(held: [lease]);
        after.Accepted.ShouldBe([lease]);
        _world.Session(before, SessionAction.Detach);
        _world.Advance(20_000);
        _world.Ask<ReportReply>(new ReportRequest([new Report(lease, ReportOutcome.Complete)])).Accepted.ShouldBe([true]);
    }

    [Fact]
    public void A_worker_that_leaves_for_good_gives_back_what_it_holds()
    {
        var id = _world.Enqueue(NewJob());
        var leaving = _world.Worker();
        leaving.GivenOne();
        _world.Session(leaving, SessionAction.Close);
        leaving.IsClosed.ShouldBeTrue();
        _world.State(id).ShouldBe(JobState.Ready);
        _world.View(id)!.Job.Yields.ShouldBe(1);
        _world.Ask<SessionReply>(new SessionRequest(leaving.Session, SessionAction.Heartbeat)).Known.ShouldBeFalse();
    }

    [Fact]
    public void A_draining_worker_finishes_what_it_holds_and_gets_nothing_new()
    {
        _world.EnqueueMany(5);
        var worker = _world.Worker(slots: 2);
        var held = worker.Given();
        _world.Session(worker, SessionAction.Drain);
        worker.Told().ShouldHaveSingleItem().ShouldBeOfType<SessionMessage.Drain>();
        _world.Complete(held[0]).ShouldBeTrue();
        _world.Report(held[1], ReportOutcome.Yield).ShouldBeTrue();
        worker.Told().ShouldBeEmpty();
        _world.Counts().Ready.ShouldBe(4);
        _world.Counts().Failed.ShouldBe(0);
    }

    [Fact]
    public void A_draining_silo_asks_all_workers_and_takes_no_jobs()
    {
        _world.EnqueueMany(3);
        var worker = _world.Worker();
        var held = worker.GivenOne();
        _world.Dispatcher.Drain("moving");
        _world.Settle();
        worker.Told().ShouldHaveSingleItem().ShouldBe(new SessionMessage.Drain("moving"));
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob()])).Refusal!.Kind.ShouldBe(RefusalKind.Draining);
        _world.Ask<LeaseReply>(Poll()).Refusal!.Kind.ShouldBe(RefusalKind.Draining);
        _world.Ask<RegisterReply>(new RegisterRequest { Worker = "x", Types = ["*"], Slots = 1 }).Refusal!.Kind.ShouldBe(RefusalKind.Draining);
        _world.Complete(held).ShouldBeTrue();
        _world.Dispatcher.OpenLeases.ShouldBe(0);
    }

    [Fact]
    public void Closing_down_gives_everything_back_durably()
    {
        _world.EnqueueMany(3);
        _world.Worker(slots: 2);
        var poll = _world.Send<LeaseReply>(Poll(waitMs: 60_000, type: "other"));
        _world.Settle();
        var isDone = false;
        _world.Dispatcher.CloseAll(() => isDone = true);
        _world.HoldsCommits = true;
        _world.Turn();
        isDone.ShouldBeFalse();
        _world.Commit();
        isDone.ShouldBeTrue();
        poll.Reply().Jobs.ShouldBeEmpty();
        _world.Database.Live.Values.ShouldAllBe(j => j.State == JobState.Ready && j.Yields == j.Attempt);
    }

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(1_000.0, false)]
    public void Only_short_jobs_are_sent_ahead(double runMs, bool isAhead)
    {
        var worker = _world.Worker(prefetch: 4);
        _world.Enqueue(NewJob());
        _world.Complete(worker.GivenOne(), runMs: runMs);
        _world.EnqueueMany(10);
        worker.Given().Count.ShouldBe(isAhead ? 5 : 1);
    }

    [Fact]
    public void The_dispatcher_decides_how_much_to_send_ahead_when_nobody_says()
    {
        var worker = _world.Worker(slots: 2, prefetch: null);
        _world.EnqueueMany(100);
        var first = worker.Given();
        first.Count.ShouldBe(2);
        _world.Complete(first[0], runMs: 1);
        worker.Given().Count.ShouldBe(2 + 20 - 1);
    }

    [Fact]
    public void A_job_that_was_sent_ahead_is_interrupted_like_any_other()
    {
        var worker = _world.Worker(prefetch: 1);
        _world.Enqueue(NewJob());
        _world.Complete(worker.GivenOne(), runMs: 1);
        var ids = _world.EnqueueMany(2);
        var held = worker.Given();
        _world.Control(ids[1], ControlAction.Cancel);
        worker.Told().ShouldHaveSingleItem().ShouldBe(new SessionMessage.Cancel(held[1].Lease, "cancelled"));
    }

    [Fact]
    public void Nobody_knows_a_session_that_never_was()
    {
        _world.Ask<SessionReply>(new SessionRequest(77, SessionAction.Heartbeat)).Known.ShouldBeFalse();
        _world.Dispatcher.MessagesOf(77).ShouldBeNull();
    }

    [Fact]
    public void Workers_are_shown_while_they_are_there()
    {
        _world.Enqueue(NewJob());
        var worker = _world.Worker(slots: 3, name: "anna", types: ["t"]);
        var shown = _world.Ask<StatsReply>(new StatsRequest()).Workers.ShouldHaveSingleItem();
        (shown.Worker, shown.Slots, shown.Held, shown.State).ShouldBe(("anna", 3, 1, "attached"));
        _world.Session(worker, SessionAction.Close);
        _world.Ask<StatsReply>(new StatsRequest()).Workers.ShouldBeEmpty();
    }

    private void Beat(TestWorker worker, long ms)
    {
        _world.Advance(ms);
        _world.Session(worker, SessionAction.Heartbeat);
    }
}
