using System.Text;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Jobs finished and removed by their ids, and what waits.</summary>
public sealed class ByIdTests
{
    private static readonly DispatcherOptions Small = new() { StrandJobs = 16, AlarmHorizonMs = 1_000 };
    private readonly World _world = new(Small);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void A_ready_job_is_finished_whether_it_is_in_memory_or_not(int ahead)
    {
        _world.EnqueueMany(ahead);
        var id = _world.Enqueue(NewJob());
        Finish(id, result: "7").State.ShouldBe(JobState.Succeeded);
        var view = _world.View(id)!;
        (view.Job.State, Encoding.UTF8.GetString(view.Outcome!.Result!)).ShouldBe((JobState.Succeeded, "7"));
        Finish(id).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        _world.Counts().Ready.ShouldBe(ahead);
        _world.Worker(slots: 1_000).Given().Count.ShouldBe(ahead);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(100_000)]
    public void A_scheduled_job_is_finished_whether_its_time_is_near_or_not(long ms)
    {
        var id = _world.Enqueue(NewJob(dueAt: World.Start + ms));
        Finish(id, fail: true, final: true).State.ShouldBe(JobState.Dead);
        _world.Advance(200_000);
        _world.State(id).ShouldBe(JobState.Dead);
        _world.View(id)!.Job.Fails.ShouldBe(1);
    }

    [Fact]
    public void The_worker_of_a_job_that_somebody_else_finishes_is_told_and_its_report_is_stale()
    {
        var worker = _world.Worker();
        var id = _world.Enqueue(NewJob());
        var job = worker.Given().ShouldHaveSingleItem();
        Finish(id).State.ShouldBe(JobState.Succeeded);
        _world.Complete(job).ShouldBeFalse();
        _world.Counts().Running.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_failure_that_is_not_final_leaves_the_job_where_it_is(int ahead)
    {
        var options = Retrying(maxFails: 2, baseMs: 0);
        _world.EnqueueMany(ahead);
        var id = _world.Enqueue(NewJob(options: options));
        Finish(id, fail: true).State.ShouldBe(JobState.Ready);
        _world.View(id)!.Job.Fails.ShouldBe(1);
        _world.Restart();
        _world.Counts().Ready.ShouldBe(ahead + 1);
        _world.Worker(slots: 1_000).Given().Last().Id.ShouldBe(id);
        Finish(id, fail: true).State.ShouldBe(JobState.Dead);
    }

    [Fact]
    public void A_leased_job_that_fails_is_ready_at_once_when_its_policy_has_no_delay()
    {
        var id = _world.Enqueue(NewJob(options: Retrying(maxFails: 2, baseMs: 0)));
        Lease().Id.ShouldBe(id);
        Finish(id, fail: true).State.ShouldBe(JobState.Ready);
        Lease().Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_job_past_its_expiry_is_not_found_also_while_it_runs()
    {
        var id = _world.Enqueue(NewJob(expiresAt: World.Start + 100));
        Lease();
        _world.Advance(200);
        Finish(id).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.State(id).ShouldBe(JobState.Expired);
        Finish(id).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("far")]
    [InlineData("running")]
    [InlineData("succeeded")]
    public void A_removed_job_is_forgotten_and_its_id_is_free(string state)
    {
        var id = new Guid("61a444a0-6128-41c0-8078-cc757d3bd2d8");
        _world.Enqueue(NewJob(id: id, dueAt: state == "far" ? World.Start + 100_000 : 0));
        if (state == "running") Lease();
        if (state == "succeeded") Finish(id);
        Remove(id, RemoveWhen.Over).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        Remove(id).Refusal.ShouldBeNull();
        _world.View(id).ShouldBeNull();
        Remove(id).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Restart();
        _world.Enqueued(NewJob(id: id)).Duplicate.ShouldBeFalse();
        (_world.Counts().Ready, _world.Counts().Running).ShouldBe((1, 0));
    }

    [Fact]
    public void A_job_that_is_over_is_not_known_but_can_be_cleared_away()
    {
        var id = new Guid("61a444a0-6128-41c0-8078-cc757d3bd2d8");
        _world.Enqueue(NewJob(id: id, expiresAt: World.Start + 100));
        Finish(id);
        Remove(id, RemoveWhen.Over).Refusal.ShouldNotBeNull();
        _world.Advance(200);
        Remove(id).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        Remove(id, RemoveWhen.Over).Refusal.ShouldBeNull();
        _world.View(id).ShouldBeNull();
    }

    [Fact]
    public void Only_a_waiting_job_is_removed_when_only_that_was_asked_for()
    {
        var (leased, waiting) = (_world.Enqueue(NewJob()), _world.Enqueue(NewJob()));
        Lease().Id.ShouldBe(leased);
        Remove(leased, RemoveWhen.Waiting).Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        Remove(waiting, RemoveWhen.Waiting).Refusal.ShouldBeNull();
        _world.State(leased).ShouldBe(JobState.Running);
    }

    [Fact]
    public void Two_removals_at_once_remove_once()
    {
        var id = _world.Enqueue(NewJob());
        Finish(id);
        var first = _world.Send<ControlReply>(new RemoveJobRequest(id, RemoveWhen.Known));
        var second = _world.Send<ControlReply>(new RemoveJobRequest(id, RemoveWhen.Known));
        _world.Settle();
        (first.Reply().Refusal, second.Reply().Refusal!.Kind).ShouldBe((null, RefusalKind.NotFound));
    }

    [Fact]
    public void The_backlog_is_listed_in_order_beyond_what_is_in_memory()
    {
        var low = _world.EnqueueMany(2_500, i => NewJob("a", priority: i % 2));
        var high = _world.Enqueue(NewJob("a", priority: 5));
        _world.Enqueue(NewJob("b"));
        Guid[] order = [high, .. low.Where((_, i) => i % 2 == 1), .. low.Where((_, i) => i % 2 == 0)];
        Ready("a", 0, 3_000).ShouldBe(order);
        Ready("a", 1_200, 200).ShouldBe(order[1_200..1_400]);
        Ready("a", 2_501, 10).ShouldBeEmpty();
        Lease("a").Id.ShouldBe(high);
        Ready("a", 0, 1).ShouldBe(order[1..2]);
        Ready("c", 0, 1).ShouldBeEmpty();
    }

    [Fact]
    public void Sizes_count_what_is_ready_and_what_waits_for_its_time()
    {
        _world.EnqueueMany(3, _ => NewJob("b"));
        var due = _world.EnqueueMany(4, i => NewJob("a", dueAt: World.Start + 1_000_000 - (i * 1_000)));
        _world.Restart();
        Types().ShouldBe([new TypeBacklog("a", 0, 4), new TypeBacklog("b", 3, 0)]);
        _world.Ask<BacklogReply>(new BacklogRequest.Sizes("a")).Types.ShouldBe([new TypeBacklog("a", 0, 4)]);
        _world.Ask<BacklogReply>(new BacklogRequest.Sizes("x")).Types.ShouldBeEmpty();
        _world.Ask<BacklogReply>(new BacklogRequest.Waiting("a", 1, 2)).Jobs.ShouldBe([due[2], due[1]]);
    }

    private ControlReply Finish(Guid id, bool fail = false, string? result = null, bool final = false) => _world.Ask<ControlReply>(
        new FinishJobRequest(id, fail ? new JobError("failed", "no", Final: final) : null, result is null ? null : Encoding.UTF8.GetBytes(result)));

    private ControlReply Remove(Guid id, RemoveWhen when = RemoveWhen.Known) => _world.Ask<ControlReply>(new RemoveJobRequest(id, when));

    private LeasedJob Lease(string type = "*") => _world.Ask<LeaseReply>(Poll(type: type)).Jobs.ShouldHaveSingleItem();

    private IReadOnlyList<Guid> Ready(string type, long offset, int limit) => _world.Ask<BacklogReply>(new BacklogRequest.Ready(type, offset, limit)).Jobs;

    private IReadOnlyList<TypeBacklog> Types() => _world.Ask<BacklogReply>(new BacklogRequest.Types()).Types;
}
