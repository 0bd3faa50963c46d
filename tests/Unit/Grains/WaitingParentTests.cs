using System.Text;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Attempts that give their job back until its children have ended.</summary>
public sealed class WaitingParentTests
{
    private readonly World _world = new();

    [Fact]
    public void It_waits_for_the_last_child_and_goes_on_with_its_checkpoints()
    {
        var parent = _world.Enqueue(NewJob("p"));
        var worker = _world.Worker(types: ["p"]);
        var lease = worker.GivenOne();
        lease.Children.ShouldBeNull();
        _world.Enqueue(ChildOf(parent));
        var other = _world.Enqueue(ChildOf(parent));
        _world.Ask<NoteReply>(new NoteRequest.Checkpoint(lease.Lease, "k", "7"u8.ToArray())).Accepted.ShouldBeTrue();
        Wait(lease);
        (_world.State(parent), _world.View(parent)!.Job.DueAt).ShouldBe((JobState.Scheduled, Job.WaitsForJobs));
        _world.Advance(100L * 86_400_000);
        worker = _world.Worker(name: "later", types: ["p"]);
        _world.Control(other, ControlAction.Cancel);
        worker.Given().ShouldBeEmpty();
        _world.Worker(name: "c", types: ["c"]).RunAll();
        var next = worker.GivenOne();
        (next.Attempt, Encoding.UTF8.GetString(next.Checkpoints!)).ShouldBe((2, """{"k":7}"""));
        next.Children.ShouldBe(new ChildCounts(0, 1, 1));
        Wait(next);
        worker.GivenOne().Attempt.ShouldBe(3);
    }

    [Fact]
    public void Without_children_it_is_ready_at_once()
    {
        var parent = _world.Enqueue(NewJob("p"));
        var worker = _world.Worker();
        Wait(worker.GivenOne());
        worker.GivenOne().Attempt.ShouldBe(2);
        _world.View(parent)!.Job.Yields.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_crash_between_the_last_end_and_the_wake_is_made_up_for(bool afterEnd)
    {
        var (parent, child) = Waiting();
        if (!afterEnd) _world.Restart();
        _world.HoldsReads = true;
        _world.Ask<ControlReply>(new ControlJobRequest(child, ControlAction.Cancel));
        _world.Database.Live.Values.ShouldHaveSingleItem().State.ShouldBe(JobState.Scheduled);
        _world.HoldsReads = false;
        if (afterEnd) _world.Restart();
        else _world.FinishReads();
        _world.Settle();
        _world.State(parent).ShouldBe(JobState.Ready);
        _world.Restart();
        _world.State(parent).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void An_operator_can_hurry_it()
    {
        var (parent, child) = Waiting();
        _world.Restart();
        _world.Control(parent, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        var lease = _world.Worker(types: ["p"]).GivenOne();
        _world.Control(child, ControlAction.Cancel);
        _world.View(parent)!.Job.State.ShouldBe(JobState.Running);
        _world.Complete(lease).ShouldBeTrue();
        _world.Database.Live.ShouldBeEmpty();
        _world.Database.Resources.Keys.ShouldNotContain(k => k.Kind == "batchstate");
    }

    [Fact]
    public void An_operator_can_cancel_it_and_its_children_go_on()
    {
        var (parent, child) = Waiting();
        _world.Control(parent, ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
        _world.State(child).ShouldBe(JobState.Ready);
        _world.Control(child, ControlAction.Cancel);
        _world.State(parent).ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void It_expires_while_it_waits()
    {
        var parent = _world.Enqueue(NewJob("p", expiresAt: _world.Now + 5_000));
        _world.Enqueue(ChildOf(parent));
        Wait(_world.Worker(types: ["p"]).GivenOne());
        _world.Advance(5_000);
        _world.State(parent).ShouldBe(JobState.Expired);
    }

    [Fact]
    public void It_leaves_an_order_in_which_its_children_stand()
    {
        var parent = _world.Enqueue(NewJob("p", orderKey: "k"));
        var worker = _world.Worker();
        var lease = worker.GivenOne();
        _world.Enqueue(NewJob("c", orderKey: "k", options: new JobOptions { Parent = parent }));
        Wait(lease);
        var child = worker.GivenOne();
        child.Shape.Type.ShouldBe("c");
        _world.Complete(child);
        worker.GivenOne().Id.ShouldBe(parent);
    }

    private static Job ChildOf(Guid parent) => NewJob("c", options: new JobOptions { Parent = parent });

    private (Guid Parent, Guid Child) Waiting()
    {
        var parent = _world.Enqueue(NewJob("p"));
        var lease = _world.Worker(types: ["p"]).GivenOne();
        var child = _world.Enqueue(ChildOf(parent));
        Wait(lease);
        return (parent, child);
    }

    private void Wait(LeasedJob lease) =>
        _world.Ask<ReportReply>(new ReportRequest([new Report(lease.Lease, ReportOutcome.Yield, UntilChildren: true)])).Accepted.ShouldBe([true]);
}
