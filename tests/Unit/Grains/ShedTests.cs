using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Shed rules, and what the measured delay does.</summary>
public sealed class ShedTests
{
    private static readonly RuleMatch OfTypeT = new() { Job = new JobMatch { Types = ["t"] } };
    private readonly World _world = new();

    [Fact]
    public void A_backlog_rule_turns_a_request_away_whole_and_says_why()
    {
        Put("full", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 3 });
        _world.EnqueueMany(3);
        var refusal = Refused(NewJob("other"), NewJob());
        refusal.Kind.ShouldBe(RefusalKind.Overloaded);
        refusal.Detail.ShouldBe("Shed rule 'full' turns jobs away: 3 matching jobs are ready.");
        refusal.RetryAfterMs.ShouldBeGreaterThan(0);
        _world.Enqueue(NewJob("other"));
        Hits("full").ShouldBe(2);
        (_world.Counts().Shed, _world.Counts().Enqueued).ShouldBe((2, 4));
        _world.Worker(types: ["t"]).GivenOne();
        _world.Enqueue(NewJob());
        Refused(NewJob());
    }

    [Fact]
    public void A_discarded_job_leaves_its_receipt()
    {
        Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 2 });
        var ids = _world.EnqueueMany(5);
        ids.Select(_world.State).ShouldBe([JobState.Ready, JobState.Ready, JobState.Discarded, JobState.Discarded, JobState.Discarded]);
        _world.View(ids[2])!.Outcome!.Error!.Code.ShouldBe("shed:drop");
        Hits("drop").ShouldBe(3);
        (_world.Counts().Ready, _world.Counts().Shed, _world.Counts().Dropped).ShouldBe((2, 3, 3));
        _world.Worker().RunAll().Count.ShouldBe(2);
    }

    [Fact]
    public void A_discarded_job_gives_its_unique_key_back_and_keeps_its_id()
    {
        Put("drop", new ShedRule(OfTypeT, ShedAction.Discard) { Backlog = 1 });
        _world.Enqueue(NewJob());
        var id = Guid.CreateVersion7();
        var job = Unique("k", UniqueUntil.Finished, UniqueConflict.Reject);
        (job.Id, job.HasClientId) = (id, true);
        _world.Enqueued(job).ShouldBe(new EnqueuedJob(id, JobState.Discarded, false));
        _world.Enqueued(NewJob(id: id)).ShouldBe(new EnqueuedJob(id, JobState.Discarded, true));
        _world.Database.Locks.ShouldBeEmpty();
        _world.Control(id, ControlAction.Retry).State.ShouldBe(JobState.Ready);
    }

    [Fact]
    public void A_deferred_job_is_ready_later()
    {
        Put("later", new ShedRule(OfTypeT, ShedAction.Defer) { Backlog = 1, DeferMs = 10_000 });
        _world.Enqueue(NewJob());
        var id = _world.Enqueue(NewJob());
        _world.State(id).ShouldBe(JobState.Scheduled);
        var far = _world.Enqueue(NewJob(dueAt: _world.Now + 60_000));
        _world.View(far)!.Job.DueAt.ShouldBe(_world.Now + 60_000);
        _world.Advance(10_000);
        _world.State(id).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void The_oldest_job_decides_and_is_looked_for_now_and_then_only()
    {
        Put("old", new ShedRule(OfTypeT, ShedAction.Reject) { OldestMs = 5_000 });
        _world.Enqueue(NewJob(tenant: "a"));
        _world.Advance(4_990);
        _world.Enqueue(NewJob(tenant: "b"));
        _world.Advance(20);
        Refused(NewJob(tenant: "c")).Detail.ShouldContain("waits since 5 s");
        _world.Worker(slots: 3).Given().Count.ShouldBe(2);
        Refused(NewJob());
        _world.Advance(100);
        _world.Enqueue(NewJob());
    }

    [Fact]
    public void Types_that_are_marked_are_never_shed()
    {
        Put("drop", new ShedRule(RuleMatch.Any, ShedAction.Discard) { Backlog = 1 });
        Put("a-full", new ShedRule(RuleMatch.Any, ShedAction.Reject) { Backlog = 5 });
        Put("t", new TypeRule { IsSheddable = false });
        _world.EnqueueMany(10).Select(_world.State).ShouldAllBe(s => s == JobState.Ready);
        Refused(NewJob("other"));
        Overload();
        for (var i = 0; i < 100; i++) Waiting(NewJob(weight: 1e-6)).ShouldBeNull();
    }

    [Fact]
    public void Rules_are_edited_deleted_and_expire_on_jobs_that_wait_already()
    {
        _world.EnqueueMany(4, i => NewJob(tenant: i % 2 == 0 ? "a" : "b"));
        Put("full", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 5 });
        _world.Enqueue(NewJob());
        Refused(NewJob());
        Put("full", new ShedRule(new RuleMatch { Job = new JobMatch { Tenants = ["a"] } }, ShedAction.Reject) { Backlog = 2, ExpiresAt = _world.Now + 1_000 });
        _world.Enqueue(NewJob());
        Refused(NewJob(tenant: "a"));
        _world.Advance(1_000);
        _world.Enqueue(NewJob(tenant: "a"));
        Put("full", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 1 });
        Refused(NewJob());
        _world.Ask<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Shed, "full")).Refusal.ShouldBeNull();
        _world.Enqueue(NewJob());
    }

    [Fact]
    public void A_restart_counts_the_backlog_again()
    {
        Put("full", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 4 });
        _world.EnqueueMany(4);
        Refused(NewJob());
        _world.Restart();
        Refused(NewJob());
        Hits("full").ShouldBe(2);
        _world.Worker().GivenOne();
        _world.Enqueue(NewJob());
    }

    [Fact]
    public void A_preview_tells_what_waits_and_sheds_nothing()
    {
        _world.EnqueueMany(4);
        var view = _world.Ask<ResourceReply>(new ResourceRequest.Preview("s", new ShedRule(OfTypeT, ShedAction.Reject) { Backlog = 1 })).Items.Single();
        view.Figures.Waiting.ShouldBe(4);
        _world.Enqueue(NewJob());
    }

    [Fact]
    public void Overload_turns_the_lightest_away_and_calm_lets_them_in_again()
    {
        Put("heavy", new WeightRule(new RuleMatch { Job = new JobMatch { AllTags = ["vip"] } }, 100));
        Overload();
        var stats = _world.Ask<StatsReply>(new StatsRequest());
        stats.Load.Load.ShouldBe(1);
        stats.Load.Level.ShouldBeGreaterThan(0);
        stats.Load.Shed.ShouldBeGreaterThan(0);
        for (var i = 0; i < 100; i++) Waiting(NewJob(tags: ["vip"])).ShouldBeNull();
        Waiting(NewJob(weight: 1e-3))!.Kind.ShouldBe(RefusalKind.Overloaded);
        _world.Advance(20_000);
        Waiting(NewJob(weight: 1e-3)).ShouldBeNull();
    }

    [Fact]
    public void A_load_rule_acts_on_the_measured_delay()
    {
        Put("busy", new ShedRule(OfTypeT, ShedAction.Discard) { Load = 0.5 });
        _world.State(_world.Enqueue(NewJob())).ShouldBe(JobState.Ready);
        Interval(60);
        Interval(60);
        _world.State(_world.Enqueue(NewJob())).ShouldBe(JobState.Discarded);
        Interval(10);
        Interval(10);
        _world.State(_world.Enqueue(NewJob())).ShouldBe(JobState.Ready);
    }

    /// <summary>Half a minute in which every message waits for a second.</summary>
    private void Overload()
    {
        for (var i = 0; i < 60; i++) Interval(1_000);
    }

    private void Interval(long waitMs)
    {
        _world.Now += 500;
        for (var i = 0; i < 20; i++) Waiting(NewJob("filler"), waitMs);
        _world.Now += 1;
    }

    private Refusal? Waiting(Job job, long waitMs = 1)
    {
        var envelope = new EnvelopeOf<EnqueueReply>(new EnqueueRequest([job]), CancellationToken.None) { ArrivedAt = _world.Now - waitMs, Ahead = 1_000 };
        _world.Dispatcher.Begin(_world.Now);
        _world.Dispatcher.Handle(envelope);
        _world.Settle();
        return envelope.Reply().Refusal;
    }

    private Refusal Refused(params Job[] jobs) => _world.Ask<EnqueueReply>(new EnqueueRequest(jobs)).Refusal.ShouldNotBeNull();

    private void Put(string name, Resource rule) => _world.Ask<ResourceReply>(new ResourceRequest.Put(name, rule)).Refusal.ShouldBeNull();

    private long Hits(string name) => _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Shed, name)).Items.Single().Figures.Hits;
}
