using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>An operator makes single workers quiet, ends them, or lets them go on.</summary>
public sealed class WorkerOrderTests
{
    private readonly World _world = new();

    [Fact]
    public void A_quiet_worker_gets_no_more_jobs_and_what_it_holds_goes_on()
    {
        var worker = _world.Worker(slots: 2);
        _world.EnqueueMany(1);
        var job = worker.GivenOne();
        var reply = Order("w", WorkerOrder.Quiet);
        (reply.Order!.Rule.Order, reply.Sessions, reply.Held).ShouldBe((WorkerOrder.Quiet, 1, 1));
        _world.EnqueueMany(3);
        worker.Told().ShouldBeEmpty("it is not told, and gets nothing");
        State("w").ShouldBe("quiet");
        _world.Complete(job).ShouldBeTrue();
        worker.Given().ShouldBeEmpty();
        Order("w", null).Order.ShouldBeNull();
        worker.Given().Count.ShouldBe(2);
        State("w").ShouldBe("attached");
    }

    [Fact]
    public void Others_get_its_jobs()
    {
        var quiet = _world.Worker(slots: 5);
        var other = _world.Worker(slots: 5, name: "other");
        Order("w", WorkerOrder.Quiet);
        _world.EnqueueMany(8);
        (quiet.Given().Count, other.Given().Count).ShouldBe((0, 5));
    }

    [Fact]
    public void It_stays_quiet_when_it_comes_back_and_when_the_silo_does()
    {
        _world.Worker();
        Order("w", WorkerOrder.Quiet);
        _world.EnqueueMany(1);
        _world.Worker().Given().ShouldBeEmpty();
        _world.Restart();
        _world.Stats().Orders.ShouldHaveSingleItem().Worker.ShouldBe("w");
        var worker = _world.Worker();
        worker.Given().ShouldBeEmpty();
        Order("w", null);
        worker.GivenOne();
        _world.Restart();
        _world.Stats().Orders.ShouldBeEmpty();
    }

    [Fact]
    public void The_answer_waits_until_the_order_is_durable()
    {
        _world.Worker();
        _world.HoldsCommits = true;
        var order = _world.Send<OrderReply>(new OrderRequest("w", WorkerOrder.Quiet));
        _world.Turn();
        order.Task.IsCompleted.ShouldBeFalse();
        _world.Commit();
        order.Task.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_quiet_poll_waits_in_vain_and_is_served_when_it_may_go_on()
    {
        var poll = _world.Send<LeaseReply>(Poll(waitMs: 20_000));
        _world.Settle();
        Order("p", WorkerOrder.Quiet).Sessions.ShouldBe(1);
        _world.EnqueueMany(1);
        poll.Task.IsCompleted.ShouldBeFalse();
        var atOnce = _world.Ask<LeaseReply>(Poll());
        (atOnce.Jobs.Count, atOnce.IsQuiet).ShouldBe((0, true));
        Order("p", null);
        poll.Reply().Jobs.ShouldHaveSingleItem();
        poll.Reply().IsQuiet.ShouldBeFalse();
    }

    [Fact]
    public void An_order_may_end_by_itself()
    {
        var worker = _world.Worker(slots: 1);
        Order("w", WorkerOrder.Quiet, 5_000).Order!.Rule.ExpiresAt.ShouldBe(_world.Now + 5_000);
        _world.EnqueueMany(1);
        _world.Advance(4_999);
        worker.Given().ShouldBeEmpty();
        _world.Advance(1);
        worker.GivenOne();
        _world.Stats().Orders.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_is_ended_is_told_to_leave_and_its_name_is_free_when_it_has_left()
    {
        var worker = _world.Worker(slots: 2);
        _world.EnqueueMany(3);
        var jobs = worker.Given();
        Order("w", WorkerOrder.End);
        worker.Told().OfType<SessionMessage.Drain>().ShouldHaveSingleItem().Reason.ShouldBe("ended by an operator");
        _world.Complete(jobs[0]).ShouldBeTrue();
        worker.Given().ShouldBeEmpty();
        _world.Session(worker, SessionAction.Close);
        _world.State(jobs[1].Id).ShouldBe(JobState.Ready);
        _world.Stats().Orders.ShouldBeEmpty();
        _world.Worker().GivenOne();
    }

    [Fact]
    public void One_that_was_ended_and_comes_back_is_refused_until_its_time_is_over()
    {
        var worker = _world.Worker();
        Order("w", WorkerOrder.End);
        _world.Session(worker, SessionAction.Detach);
        Register().Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Ended);
        _world.Ask<LeaseReply>(Poll(worker: "w")).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Ended);
        _world.Restart();
        Register().Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Ended);
        _world.Advance(600_000);
        Register().Refusal.ShouldBeNull();
    }

    [Fact]
    public void What_an_ended_worker_still_runs_it_may_finish_over_another_connection()
    {
        var worker = _world.Worker(slots: 2);
        _world.EnqueueMany(2);
        var jobs = worker.Given();
        Order("w", WorkerOrder.End);
        _world.Session(worker, SessionAction.Detach);
        var again = _world.Worker(slots: 2, held: [jobs[0].Lease]);
        again.Accepted.ShouldBe([jobs[0].Lease]);
        again.Told().OfType<SessionMessage.Drain>().ShouldHaveSingleItem();
        _world.Complete(jobs[0]).ShouldBeTrue();
        again.Given().ShouldBeEmpty();
    }

    [Fact]
    public void A_poll_of_an_ended_worker_is_refused_at_once()
    {
        var poll = _world.Send<LeaseReply>(Poll(waitMs: 20_000));
        _world.Settle();
        Order("p", WorkerOrder.End);
        poll.Reply().Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Ended);
        _world.Stats().Workers.ShouldBeEmpty();
    }

    [Fact]
    public void A_silo_that_stops_does_not_take_its_workers_for_gone()
    {
        _world.Worker();
        Order("w", WorkerOrder.End);
        _world.Dispatcher.CloseAll(() => { });
        _world.Settle();
        _world.Restart();
        _world.Stats().Orders.ShouldHaveSingleItem().Rule.Order.ShouldBe(WorkerOrder.End);
    }

    [Fact]
    public void Nobody_is_there_to_be_ordered()
    {
        foreach (var order in (WorkerOrder?[])[WorkerOrder.Quiet, WorkerOrder.End, null])
            _world.Ask<OrderReply>(new OrderRequest("nobody", order)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotFound);
        _world.Stats().Orders.ShouldBeEmpty();
    }

    [Fact]
    public void A_worker_that_polls_is_known_by_the_job_that_it_runs_and_one_that_left_by_its_order()
    {
        _world.EnqueueMany(1);
        _world.Ask<LeaseReply>(Poll()).Jobs.ShouldHaveSingleItem();
        Order("p", WorkerOrder.Quiet).Held.ShouldBe(1);
        var worker = _world.Worker();
        Order("w", WorkerOrder.Quiet);
        _world.Session(worker, SessionAction.Close);
        Order("w", null).Sessions.ShouldBe(0);
    }

    [Fact]
    public void Heartbeats_say_what_is_wanted()
    {
        var worker = _world.Worker();
        Beat(worker).ShouldBeNull();
        Order("w", WorkerOrder.Quiet);
        Beat(worker).ShouldBe(WorkerOrder.Quiet);
        Order("w", WorkerOrder.End);
        Beat(worker).ShouldBe(WorkerOrder.End);
    }

    [Fact]
    public void Explain_says_that_the_workers_are_quiet()
    {
        _world.Worker();
        Order("w", WorkerOrder.Quiet);
        var id = _world.Enqueue(NewJob());
        var reasons = _world.Ask<ExplainReply>(new ExplainRequest.OfJob(id)).Job!.Reasons;
        reasons.ShouldHaveSingleItem().Code.ShouldBe("workers-quiet");
        _world.Worker(name: "other");
    }

    [Fact]
    public void Listeners_hear_of_it()
    {
        _world.Worker();
        var listener = _world.Listen("worker.ordered");
        Order("w", WorkerOrder.Quiet);
        Order("w", null);
        listener.Heard().Count(e => e.Event == "worker.ordered").ShouldBe(2);
    }

    private OrderReply Order(string worker, WorkerOrder? order, long lastsMs = 0)
    {
        var reply = _world.Ask<OrderReply>(new OrderRequest(worker, order, lastsMs));
        reply.Refusal.ShouldBeNull();
        return reply;
    }

    private RegisterReply Register() => _world.Ask<RegisterReply>(new RegisterRequest { Worker = "w", Types = ["*"], Slots = 1 });

    private WorkerOrder? Beat(TestWorker worker) => _world.Ask<SessionReply>(new SessionRequest(worker.Session, SessionAction.Heartbeat)).Order;

    private string State(string worker) => _world.Stats().Workers.Single(w => w.Worker == worker).State;
}
