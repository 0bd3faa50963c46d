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

    /// <summary>The batch job is first in its order key: the interactive ones behind it wait for it, so it must not wait for them.</summary>
    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 1_000)]
    public void Jobs_that_wait_behind_a_held_back_one_are_not_what_it_waits_for(long backlog, long oldestMs)
    {
        var others = new RuleMatch { Job = new JobMatch { Types = ["fast"] } };
        Put("s", new ShedRule(new RuleMatch { Job = new JobMatch { Types = ["slow"] } }, ShedAction.Defer) { Of = others, Backlog = backlog, OldestMs = oldestMs, DeferMs = 1 });
        var slow = _world.Enqueue(NewJob("slow", orderKey: "k"));
        _world.EnqueueMany(3, _ => NewJob("fast", orderKey: "k"));
        _world.Advance(5_000);
        var worker = _world.Worker();
        worker.GivenOne().Id.ShouldBe(slow);
        _world.Restart();
        _world.Advance(60_000);
        _world.Worker(slots: 5).RunAll().Count.ShouldBe(4);
    }

    [Fact]
    public void Jobs_of_other_order_keys_are_what_it_waits_for()
    {
        var others = new RuleMatch { Job = new JobMatch { Types = ["fast"] } };
        Put("s", new ShedRule(new RuleMatch { Job = new JobMatch { Types = ["slow"] } }, ShedAction.Defer) { Of = others, Backlog = 2, DeferMs = 1 });
        _world.Enqueue(NewJob("slow", orderKey: "k"));
        _world.EnqueueMany(3, i => NewJob("fast", orderKey: $"other{i}"));
        var worker = _world.Worker();
        var given = worker.GivenOne();
        given.Shape.Type.ShouldBe("fast");
        _world.Complete(given);
        worker.GivenOne().Shape.Type.ShouldBe("fast");
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
    public void Jobs_are_held_back_while_others_have_a_backlog_and_start_when_it_is_gone()
    {
        Put("urgent-first", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 3, Of = OfType("urgent") });
        var held = _world.EnqueueMany(2_000);
        var urgent = _world.EnqueueMany(3, _ => NewJob("urgent"));
        var worker = _world.Worker(types: ["t"], slots: 5);
        worker.Given().ShouldBeEmpty();
        _world.Dispatcher.OpenLeases.ShouldBe(0);
        _world.Counts().Ready.ShouldBe(2_003, "they wait where they are");
        var reason = _world.Ask<ExplainReply>(new ExplainRequest.OfJob(held[0])).Job!.Reasons.ShouldHaveSingleItem();
        (reason.Code, reason.Text).ShouldBe(("shed", "Shed rule 'urgent-first' holds it back: 3 other jobs are ready."));
        _world.Flushes.Clear();
        var other = _world.Worker(types: ["urgent"], name: "urgent");
        other.GivenOne().Id.ShouldBe(urgent[0]);
        _world.Advance(1_000);
        worker.Given().Count.ShouldBe(5);
        _world.Flushes.Sum(f => f.Updates.Count).ShouldBeLessThan(20, "no job was written because it was held back");
    }

    [Fact]
    public void Jobs_are_held_back_while_the_oldest_of_others_waits_too_long()
    {
        Put("urgent-first", new ShedRule(OfTypeT, ShedAction.Defer) { OldestMs = 5_000, Of = OfType("urgent") });
        _world.EnqueueMany(3);
        _world.Enqueue(NewJob("urgent"));
        var worker = _world.Worker(types: ["t"]);
        var first = worker.GivenOne();
        _world.Advance(6_000);
        _world.Session(worker, SessionAction.Heartbeat);
        _world.Complete(first);
        worker.Given().ShouldBeEmpty();
        var other = _world.Worker(types: ["urgent"], name: "urgent");
        other.GivenOne();
        _world.Advance(1_000);
        worker.GivenOne();
    }

    [Fact]
    public void Jobs_that_a_rule_itself_matches_are_not_what_they_wait_for()
    {
        Put("all", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 1, Of = RuleMatch.Any });
        _world.EnqueueMany(10);
        _world.Worker(slots: 10).Given().Count.ShouldBe(10);
    }

    [Fact]
    public void Others_may_also_be_why_jobs_are_discarded_or_turned_away()
    {
        Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 2, Of = OfType("urgent") });
        var waited = _world.Enqueue(NewJob());
        _world.EnqueueMany(2, _ => NewJob("urgent"));
        _world.State(_world.Enqueue(NewJob())).ShouldBe(JobState.Discarded);
        _world.Worker(types: ["t"]).Given().ShouldBeEmpty();
        _world.State(waited).ShouldBe(JobState.Discarded);
        Put("drop", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 2, Of = OfType("urgent") });
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob()])).Refusal.ShouldNotBeNull().Detail.ShouldBe("Shed rule 'drop' turns jobs away: 2 other jobs are ready.");
        _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob("urgent")])).Refusal.ShouldBeNull();
    }

    [Fact]
    public void What_counts_is_right_after_a_restart_and_when_the_rule_changes()
    {
        _world.EnqueueMany(4, _ => NewJob("urgent"));
        _world.EnqueueMany(4);
        Put("r", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 4, Of = OfType("urgent") });
        _world.Restart();
        var worker = _world.Worker(types: ["t"], slots: 2);
        worker.Given().ShouldBeEmpty();
        Put("r", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 4, Of = OfType("nobody") });
        worker.Given().Count.ShouldBe(2);
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

    private static RuleMatch OfType(string type) => new() { Job = new JobMatch { Types = [type] } };

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
