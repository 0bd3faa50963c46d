using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Children of jobs, jobs that come when all have ended, and parents that wait.</summary>
public sealed class FamilyTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_follows_comes_once_with_the_last_end_whoever_ends_last(bool isParentLast)
    {
        var parent = Parent();
        var worker = _world.Worker(types: ["p"]);
        var lease = worker.GivenOne();
        var children = new[] { Child(parent), Child(parent) };
        if (!isParentLast) _world.Complete(lease);
        _world.Control(children[0], ControlAction.Cancel);
        Types().ShouldNotContain("then");
        _world.Worker(types: ["c"]).RunAll().Count.ShouldBe(1);
        if (isParentLast) Types().ShouldBe(["p"]);
        if (isParentLast) _world.Complete(lease);
        Types().ShouldBe(["then"]);
        var flush = _world.Flushes.Last(f => f.Outcomes.Count > 0);
        flush.Inserts.ShouldContain(j => j.Shape.Type == "then");
        NothingIsLeft();
        _world.Restart();
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_job_without_children_is_followed_when_it_ends_and_once_only()
    {
        var parent = Parent();
        _world.Control(parent, ControlAction.Cancel);
        Types().ShouldBe(["then"]);
        var id = _world.Database.Live.Values.Single().Id;
        _world.Control(parent, ControlAction.Retry);
        _world.Control(parent, ControlAction.Cancel);
        _world.Database.Live.Values.ShouldHaveSingleItem().Id.ShouldBe(id);
        _world.State(id).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void A_job_that_is_discarded_at_once_is_followed_and_so_is_a_child()
    {
        _world.Put("b", new BlackholeRule(Of("p")));
        Parent();
        Types().ShouldBe(["then"]);
        _world.Delete(ResourceKind.Blackhole, "b");
        var parent = Parent();
        _world.Put("b", new BlackholeRule(Of("c")));
        Child(parent);
        _world.View(parent)!.Children.ShouldBe(new ChildCounts(0, 0, 1));
    }

    [Fact]
    public void A_template_that_is_refused_is_passed_over()
    {
        var parent = _world.Enqueue(NewJob("p", options: new JobOptions { Then = TestTemplates.Of("!") }));
        _world.Control(parent, ControlAction.Cancel);
        Types().ShouldBeEmpty();
    }

    [Fact]
    public void A_crash_before_the_flush_loses_and_doubles_nothing()
    {
        var parent = Parent();
        Child(parent);
        _world.Complete(_world.Worker(types: ["p"]).GivenOne());
        var lease = _world.Worker(types: ["c"]).GivenOne();
        _world.HoldsCommits = true;
        _world.Send<ReportReply>(new ReportRequest([new Report(lease.Lease, ReportOutcome.Complete)]));
        _world.Turn();
        _world.HoldsCommits = false;
        _world.Restart();
        Types().ShouldBe(["c"]);
        _world.View(parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.Bulk(BulkAction.Cancel).ShouldBe(1);
        Types().ShouldBe(["then"]);
        NothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_parent_may_be_in_the_store_only(bool hasClientId)
    {
        var due = _world.Now + (100L * 86_400_000);
        var parent = _world.Enqueue(NewJob("p", dueAt: due, id: hasClientId ? Guid.NewGuid() : null, options: new JobOptions { Then = TestTemplates.Of("then") }));
        _world.Restart();
        _world.Dispatcher.JobsInMemory.ShouldBe(0);
        Child(parent);
        _world.View(parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.Restart();
        _world.Control(parent, ControlAction.Cancel);
        Types().ShouldBe(["c"]);
        _world.Worker(types: ["c"]).RunAll();
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_parent_that_ends_while_it_is_looked_up_gets_no_child()
    {
        var parent = _world.Enqueue(NewJob("p", dueAt: _world.Now + (100L * 86_400_000)));
        _world.Restart();
        _world.HoldsReads = true;
        var child = _world.Send<EnqueueReply>(new EnqueueRequest([ChildOf(parent)]));
        _world.Settle();
        _world.Send<ControlReply>(new ControlJobRequest(parent, ControlAction.Cancel));
        _world.Settle();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        Types().Length.ShouldBe(child.Reply().Refusal is null ? 1 : 0);
        _world.State(parent).ShouldBe(JobState.Cancelled);
        if (child.Reply().Refusal is { } refusal) refusal.Kind.ShouldBe(RefusalKind.IllegalTransition);
        _world.Bulk(BulkAction.Cancel);
        NothingIsLeft();
    }

    [Fact]
    public void Parents_that_are_not_there_or_have_finished_are_refused()
    {
        var parent = Parent();
        Refuse(Guid.NewGuid()).ShouldBe((RefusalKind.NotFound, "jobs[1].parent"));
        _world.Control(parent, ControlAction.Cancel);
        Refuse(parent).ShouldBe((RefusalKind.IllegalTransition, "jobs[1].parent"));
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_known_child_is_known_also_when_its_parent_has_finished()
    {
        var parent = Parent();
        var child = NewJob("c", id: Guid.NewGuid(), options: new JobOptions { Parent = parent });
        _world.Enqueue(child);
        _world.Control(parent, ControlAction.Cancel);
        var again = NewJob("c", id: child.Id, options: new JobOptions { Parent = parent });
        _world.Enqueued(again).Duplicate.ShouldBeTrue();
    }

    [Fact]
    public void A_child_that_replaces_its_parent_is_its_child()
    {
        var parent = _world.Enqueue(NewJob("p", options: new JobOptions { Then = TestTemplates.Of("then"), Unique = Key() }));
        _world.Enqueue(NewJob("c", options: new JobOptions { Parent = parent, Unique = Key() }));
        _world.State(parent).ShouldBe(JobState.Cancelled);
        Types().ShouldBe(["c"]);
        _world.Bulk(BulkAction.Cancel);
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_child_that_lives_again_is_waited_for_again()
    {
        var parent = Parent();
        var lease = _world.Worker(types: ["p"]).GivenOne();
        var child = Child(parent);
        _world.Control(child, ControlAction.Cancel);
        _world.View(parent)!.Children.ShouldBe(new ChildCounts(0, 0, 1));
        _world.Control(child, ControlAction.Retry);
        _world.Complete(lease);
        Types().ShouldBe(["c"]);
        var worker = _world.Worker(types: ["c"]);
        worker.RunAll();
        Types().ShouldBe(["then"]);
        _world.Control(child, ControlAction.Retry);
        worker.RunAll();
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_parent_that_lives_again_has_a_family_again()
    {
        var parent = Parent();
        var child = Child(parent);
        _world.Control(parent, ControlAction.Cancel);
        _world.Control(parent, ControlAction.Retry);
        _world.Control(child, ControlAction.Cancel);
        Types().ShouldBe(["p"]);
        _world.Control(parent, ControlAction.Cancel);
        Types().ShouldBe(["then"]);
        _world.Control(parent, ControlAction.Retry);
        var other = Child(parent);
        _world.Control(child, ControlAction.Retry);
        _world.Control(child, ControlAction.Cancel);
        _world.View(parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.Control(other, ControlAction.Cancel);
        _world.Control(parent, ControlAction.Cancel);
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_family_is_no_batch_for_others()
    {
        Child(Parent());
        var id = _world.Database.Live.Values.Single(j => j.Options.Batch is not null).Options.Batch!.Value;
        _world.Ask<BatchReply>(new BatchRequest.Read(id)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Ask<BatchReply>(new BatchRequest.List(10)).Batches.ShouldBeEmpty();
        _world.Ask<BatchReply>(new BatchRequest.Cancel(id)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(options: new JobOptions { Batch = id })])).Refusal!.Field.ShouldBe("jobs[0].batch");
    }

    private static RuleMatch Of(string type) => new() { Job = new JobMatch { Types = [type] } };

    private static UniquePolicy Key() => new("k", UniqueUntil.Finished, 0, UniqueConflict.Replace);

    private static Job ChildOf(Guid parent) => NewJob("c", options: new JobOptions { Parent = parent });

    private Guid Parent() => _world.Enqueue(NewJob("p", options: new JobOptions { Then = TestTemplates.Of("then") }));

    private Guid Child(Guid parent) => _world.Enqueue(ChildOf(parent));

    private (RefusalKind Kind, string? Field) Refuse(Guid parent)
    {
        var refusal = _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(), ChildOf(parent)])).Refusal!;
        return (refusal.Kind, refusal.Field);
    }

    private void NothingIsLeft() => _world.Database.Resources.Keys.ShouldNotContain(k => k.Kind == "batch" || k.Kind == "batchstate");

    /// <summary>The types of live jobs.</summary>
    private string[] Types() => [.. _world.Database.Live.Values.Select(j => j.Shape.Type).Order(StringComparer.Ordinal)];
}
