using System.Text.Json;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>What shed rules do to jobs that wait already, and what listeners hear of shedding.</summary>
public sealed class ShedWaitingTests
{
    private static readonly RuleMatch OfTypeT = new() { Job = new JobMatch { Types = ["t"] } };
    private readonly World _world = new();

    [Fact]
    public void Jobs_beyond_the_backlog_are_discarded_when_their_turn_comes()
    {
        var ids = _world.EnqueueMany(1_500);
        _world.Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 4 });
        _world.Counts().Ready.ShouldBe(1_500);
        _world.Worker(slots: 20).Given().Count.ShouldBe(4);
        ids[..^4].Select(_world.State).ShouldAllBe(s => s == JobState.Discarded);
        _world.View(ids[0])!.Outcome!.Error!.Code.ShouldBe("shed:drop");
        Hits("drop").ShouldBe(1_496);
        _world.Counts().Shed.ShouldBe(1_496);
        _world.Flushes.ShouldAllBe(f => f.Outcomes.Count <= 500);
        _world.Restart();
        _world.State(ids[0]).ShouldBe(JobState.Discarded);
        Hits("drop").ShouldBe(1_496);
    }

    [Fact]
    public void Of_old_jobs_only_those_go_that_are_old()
    {
        var old = _world.Enqueue(NewJob(tenant: "a"));
        _world.Advance(5_000);
        var young = _world.EnqueueMany(5, _ => NewJob(tenant: "b"));
        _world.Put("old", new ShedRule(OfTypeT, ShedAction.Discard) { OldestMs = 5_000 });
        _world.Worker(slots: 9).Given().Select(j => j.Id).ShouldBe(young, ignoreOrder: true);
        _world.State(old).ShouldBe(JobState.Discarded);
    }

    [Fact]
    public void What_has_begun_goes_on()
    {
        var begun = _world.Enqueue(NewJob());
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Yield);
        _world.EnqueueMany(3);
        _world.Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 1 });
        var worker = _world.Worker(slots: 9, name: "other");
        worker.RunAll();
        _world.Counts().Dropped.ShouldBe(2);
        _world.State(begun).ShouldBe(JobState.Running);
    }

    [Fact]
    public void Types_that_are_marked_start_and_are_not_held_back()
    {
        Put("t", new TypeRule { IsSheddable = false });
        _world.EnqueueMany(5);
        Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 1 });
        Put("hold", new ShedRule(OfTypeT, ShedAction.Defer) { Load = 0.5 });
        Slow();
        _world.Worker(slots: 3, types: ["t"]).Given().Count.ShouldBe(3);
        Put("t", new TypeRule());
        _world.Worker(slots: 3, types: ["t"], name: "other").Given().ShouldBeEmpty();
    }

    [Fact]
    public void At_a_load_jobs_are_held_back_and_start_when_it_is_over()
    {
        var id = _world.Enqueue(NewJob());
        Put("hold", new ShedRule(OfTypeT, ShedAction.Defer) { Load = 0.5 });
        Slow();
        var worker = _world.Worker(types: ["t"]);
        worker.Given().ShouldBeEmpty();
        _world.Ask<ExplainReply>(new ExplainRequest.OfJob(id)).Job!.Reasons.ShouldContain(r => r.Code == "shed");
        _world.Advance(5_000);
        worker.GivenOne().Id.ShouldBe(id);
    }

    [Fact]
    public void A_rule_that_holds_back_lets_go_when_it_is_deleted_or_says_something_else()
    {
        _world.EnqueueMany(2);
        Put("hold", new ShedRule(OfTypeT, ShedAction.Defer) { Load = 0.5 });
        Slow();
        var worker = _world.Worker(types: ["t"], slots: 5);
        worker.Given().ShouldBeEmpty();
        Put("hold", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 100 });
        worker.Given().Count.ShouldBe(2);
        _world.Enqueue(NewJob());
        worker.Given().Count.ShouldBe(1);
        Put("hold", new ShedRule(OfTypeT, ShedAction.Defer) { Load = 0.5 });
        Slow();
        _world.Delete(ResourceKind.Shed, "hold");
        _world.Enqueue(NewJob());
        worker.Given().Count.ShouldBe(1);
    }

    [Fact]
    public void Listeners_hear_when_a_rule_begins_to_shed_and_when_it_has_ended()
    {
        var listener = _world.Listen("load.shedding");
        Put("full", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 1 });
        _world.Enqueue(NewJob());
        for (var i = 0; i < 100; i++)
        {
            _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(), NewJob()])).Refusal.ShouldNotBeNull();
            _world.Advance(60);
        }

        _world.Advance(4_000);
        listener.Heard().Count.ShouldBe(2); // with the first one of all
        _world.Advance(2_000);
        var ended = listener.Heard().ShouldHaveSingleItem();
        (ended.Event, ended.Type).ShouldBe(("load.shedding", "t"));
        var data = JsonDocument.Parse(ended.Data!).RootElement;
        (data.GetProperty("state").GetString(), data.GetProperty("rule").GetString(), data.GetProperty("action").GetString(), data.GetProperty("jobs").GetInt64()).ShouldBe(("ended", "full", "reject", 200));
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob()])).Refusal.ShouldNotBeNull();
        JsonDocument.Parse(listener.Heard().ShouldHaveSingleItem().Data!).RootElement.GetProperty("state").GetString().ShouldBe("began");
    }

    [Fact]
    public void Listeners_hear_of_admission_control_and_its_figures()
    {
        var listener = _world.Listen("load.*");
        for (var i = 0; i < 60; i++) Interval(1_000);
        _world.Advance(30_000);
        var told = listener.Heard().Skip(1).Select(e => JsonDocument.Parse(e.Data!).RootElement).ToList();
        told.Select(d => d.GetProperty("state").GetString()).ShouldBe(["began", "ended"]);
        told.SelectMany(d => d.EnumerateObject()).ShouldNotContain(p => p.Name == "rule");
        told[0].GetProperty("level").GetDouble().ShouldBeGreaterThan(0);
        (told[0].GetProperty("load").GetDouble(), told[0].GetProperty("delayMs").GetInt64()).ShouldBe((1, 1_000));
        told[1].GetProperty("jobs").GetInt64().ShouldBe(_world.Counts().Shed);
    }

    private void Slow()
    {
        Interval(60);
        Interval(60);
    }

    private void Interval(long waitMs)
    {
        _world.Now += 500;
        for (var i = 0; i < 20; i++)
        {
            var envelope = new EnvelopeOf<EnqueueReply>(new EnqueueRequest([NewJob("filler")]), CancellationToken.None) { ArrivedAt = _world.Now - waitMs, Ahead = 1_000 };
            _world.Dispatcher.Begin(_world.Now);
            _world.Dispatcher.Handle(envelope);
            _world.Settle();
        }

        _world.Now += 1;
    }

    private void Put(string name, Resource rule) => _world.Put(name, rule);

    private long Hits(string name) => _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Shed, name)).Items.Single().Figures.Hits;
}
