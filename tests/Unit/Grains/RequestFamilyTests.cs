using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Parents and children in one request, in any order.</summary>
public sealed class RequestFamilyTests
{
    private readonly World _world = new();
    private readonly Guid _parent = Guid.CreateVersion7();
    private readonly Guid _child = Guid.CreateVersion7();

    [Fact]
    public void Children_may_stand_before_their_parents()
    {
        var reply = Ask(Of("grandchild", null, _child), Of("child", _child, _parent), Of("other"), Parent());
        reply.Jobs.Count.ShouldBe(4);
        (reply.Jobs[1].Id, reply.Jobs[3].Id).ShouldBe((_child, _parent));
        reply.Jobs.Select(j => _world.View(j.Id)!.Job.Shape.Type).ShouldBe(["grandchild", "child", "other", "p"]);
        _world.View(_parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.View(_child)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.Worker(types: ["p"]).RunAll();
        _world.Worker(types: ["child"]).RunAll();
        Types().ShouldBe(["grandchild", "other", "then"]);
    }

    [Fact]
    public void The_same_request_again_is_the_same_family()
    {
        Job[] jobs() => [Of("child", _child, _parent), Parent()];
        Ask(jobs());
        Ask(jobs()).Jobs.ShouldAllBe(j => j.Duplicate);
        _world.View(_parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.Bulk(BulkAction.Cancel);
        Ask(jobs()).Jobs.ShouldAllBe(j => j.Duplicate);
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_circle_is_refused_and_named_and_nothing_is_enqueued()
    {
        var third = Guid.CreateVersion7();
        var refusal = Ask(Of("free"), Of("tail", null, _parent), Of("a", _parent, _child), Of("b", _child, third), Of("c", third, _parent)).Refusal!;
        (refusal.Kind, refusal.Field).ShouldBe((RefusalKind.Invalid, "jobs[2].parent"));
        refusal.Detail.ShouldBe($"jobs are their own ancestors: {_parent} child of {_child} child of {third} child of {_parent}");
        Ask(Of("self", _parent, _parent)).Refusal!.Detail.ShouldBe($"jobs are their own ancestors: {_parent} child of {_parent}");
        Types().ShouldBeEmpty();
    }

    [Fact]
    public void A_long_line_of_ancestors_is_taken()
    {
        var ids = Enumerable.Range(0, 5_000).Select(_ => Guid.CreateVersion7()).ToArray();
        var reply = Ask([.. ids.Select((id, i) => Of("t", id, i + 1 < ids.Length ? ids[i + 1] : null))]);
        reply.Jobs.Select(j => j.Id).ShouldBe(ids);
        _world.View(ids[^1])!.Children.ShouldBe(new ChildCounts(1, 0, 0));
        _world.View(ids[0])!.Children.ShouldBeNull();
    }

    [Fact]
    public void A_parent_that_may_not_come_to_be_is_refused()
    {
        var parent = Parent();
        parent.Options = parent.Options with { Unique = new UniquePolicy("k", UniqueUntil.Finished, 0, UniqueConflict.Return) };
        var refusal = Ask(Of("child", null, _parent), parent).Refusal!;
        (refusal.Kind, refusal.Field).ShouldBe((RefusalKind.Invalid, "jobs[0].parent"));
        Types().ShouldBeEmpty();
    }

    [Fact]
    public void A_parent_that_is_discarded_as_it_comes_is_followed_after_its_children()
    {
        _world.Put("b", new BlackholeRule(new RuleMatch { Job = new JobMatch { Types = ["p"] } }));
        Ask(Parent(), Of("child", null, _parent)).Jobs.Select(j => j.State).ShouldBe([JobState.Discarded, JobState.Ready]);
        Types().ShouldBe(["child"]);
        _world.Restart();
        _world.Worker(types: ["child"]).RunAll();
        Types().ShouldBe(["then"]);
    }

    [Fact]
    public void A_crash_takes_all_of_it_or_nothing()
    {
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([Of("child", null, _parent), Parent()]));
        for (var turn = 0; turn < 10; turn++)
        {
            _world.Turn();
            _world.FinishReads();
        }

        _world.UnderWay.ShouldHaveSingleItem().Inserts.Count.ShouldBe(2);
        _world.HoldsCommits = false;
        _world.Restart();
        Types().ShouldBeEmpty();
        Ask(Of("child", null, _parent), Parent()).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_parent_of_an_earlier_request_that_was_looked_up_together_is_known()
    {
        _world.HoldsReads = true;
        var first = _world.Send<EnqueueReply>(new EnqueueRequest([Of("x", Guid.CreateVersion7())])); // keeps those after it in line
        var due = Parent();
        due.DueAt = _world.Now + (100L * 86_400_000); // in the store only
        var second = _world.Send<EnqueueReply>(new EnqueueRequest([due]));
        var third = _world.Send<EnqueueReply>(new EnqueueRequest([Of("child", null, _parent)]));
        _world.Turn();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        first.Reply().Refusal.ShouldBeNull();
        second.Reply().Refusal.ShouldBeNull();
        third.Reply().Refusal.ShouldBeNull();
        _world.View(_parent)!.Children.ShouldBe(new ChildCounts(1, 0, 0));
    }

    private static Job Of(string type, Guid? id = null, Guid? parent = null) => NewJob(type, id: id, options: new JobOptions { Parent = parent });

    private Job Parent() => NewJob("p", id: _parent, options: new JobOptions { Then = TestTemplates.Of("then") });

    private EnqueueReply Ask(params Job[] jobs) => _world.Ask<EnqueueReply>(new EnqueueRequest(jobs));

    private string[] Types() => [.. _world.Database.Live.Values.Select(j => j.Shape.Type).Order(StringComparer.Ordinal)];
}
