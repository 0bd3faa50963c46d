using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Rules act at once on what waits already, and explain says what they do.</summary>
public sealed class RuleTests
{
    private static readonly RuleMatch OfT = new() { Job = new JobMatch { Types = ["t"] } };
    private readonly World _world = new();

    [Fact]
    public void A_pause_holds_a_standing_backlog_until_it_ends()
    {
        var id = _world.EnqueueMany(3)[0];
        _world.Put("p", new PauseRule(OfT, World.Start + 500));
        var worker = _world.Worker();
        worker.Given().ShouldBeEmpty();
        Reasons(id).ShouldContain("paused");
        _world.Advance(499);
        worker.Given().ShouldBeEmpty();
        _world.Advance(1);
        worker.GivenOne();
    }

    [Fact]
    public void A_blackhole_takes_what_waits_and_gives_it_back()
    {
        var ids = _world.EnqueueMany(1_200);
        _world.Put("h", new BlackholeRule(OfT));
        _world.Counts().Ready.ShouldBe(0);
        _world.State(ids[7]).ShouldBe(JobState.Discarded);
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Blackhole, "h")).Items.Single().Figures.Hits.ShouldBe(1_200);
        _world.Delete(ResourceKind.Blackhole, "h");
        _world.Ask<BulkReply>(new RestoreRequest("h")).Affected.ShouldBe(1_200);
        _world.Worker(slots: 100).RunAll().Select(j => j.Id).ShouldBe(ids);
    }

    [Fact]
    public void A_route_keeps_jobs_from_workers_and_says_so()
    {
        var id = _world.EnqueueMany(2)[0];
        _world.Put("r", new RouteRule(OfT with { Worker = new TagMatch { None = ["gpu"] } }));
        _world.Worker().Given().ShouldBeEmpty();
        Reasons(id).ShouldContain("prohibited");
        _world.Delete(ResourceKind.Route, "r");
        _world.Worker(name: "again").GivenOne();
    }

    [Fact]
    public void A_new_job_that_a_blackhole_takes_is_answered_as_discarded_and_told_so()
    {
        var listener = _world.Listen("job.*");
        _world.Put("h", new BlackholeRule(OfT));
        var answer = _world.Enqueued(NewJob(id: Guid.CreateVersion7()));
        answer.State.ShouldBe(JobState.Discarded);
        _world.View(answer.Id)!.Outcome!.Error!.Code.ShouldBe("blackhole:h");
        listener.Heard().Skip(1).Select(e => (e.Event, e.Job)).ShouldBe([("job.enqueued", answer.Id), ("job.discarded", answer.Id)]);
        var later = _world.Enqueued(NewJob(dueAt: _world.Now + 1_000));
        later.State.ShouldBe(JobState.Scheduled);
        _world.Advance(1_000);
        _world.State(later.Id).ShouldBe(JobState.Discarded);
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Blackhole, "h")).Items.Single().Figures.Hits.ShouldBe(2);
        _world.Delete(ResourceKind.Blackhole, "h");
        _world.Ask<BulkReply>(new RestoreRequest("h")).Affected.ShouldBe(2);
        _world.Worker(slots: 3).Given().Count.ShouldBe(2);
    }

    [Fact]
    public void A_blackhole_in_one_lane_of_an_order_key_does_not_stop_the_others()
    {
        _world.Enqueue(NewJob("t", orderKey: "k"));
        var other = _world.Enqueue(NewJob("u", orderKey: "k"));
        _world.Put("h", new BlackholeRule(OfT));
        _world.Worker().GivenOne().Id.ShouldBe(other);
    }

    [Fact]
    public void An_order_key_is_one_line_over_all_its_lanes()
    {
        var ids = _world.EnqueueMany(9, i => NewJob($"t{i % 3}", weight: 1 + (i % 2), orderKey: "k"));
        var worker = _world.Worker(slots: 5);
        foreach (var id in ids)
        {
            var job = worker.GivenOne();
            job.Id.ShouldBe(id);
            _world.Complete(job);
        }
    }

    [Fact]
    public void Reasons_are_named()
    {
        var ids = _world.EnqueueMany(3);
        Reasons(ids[2]).ShouldBe(["no-worker", "behind"]);
        _world.Put("", new TenantRule { IsPaused = true });
        Reasons(ids[0]).ShouldContain("tenant-paused");
        _world.Delete(ResourceKind.Tenant, "");
        _world.Worker().GivenOne();
        Reasons(ids[0]).ShouldBe(["running"]);
        Reasons(ids[1]).ShouldContain("workers-busy");
        Reasons(_world.Enqueue(NewJob(dueAt: World.Start + 5_000))).ShouldBe(["scheduled"]);
    }

    [Fact]
    public void A_preview_tells_what_would_be_met_and_warns()
    {
        _world.EnqueueMany(4);
        _world.Put("p", new PauseRule(OfT));
        _world.Worker();
        var figures = _world.Ask<ResourceReply>(new ResourceRequest.Preview("r", new RouteRule(OfT))).Items.Single().Figures;
        figures.Waiting.ShouldBe(4);
        figures.Warnings.ShouldHaveSingleItem().ShouldContain("no connected worker can run waiting jobs of type 't'");
    }

    [Fact]
    public void A_preview_of_a_rule_about_arguments_counts_jobs_that_no_rule_has_looked_at_yet()
    {
        _world.EnqueueMany(40, i => NewJob(args: System.Text.Encoding.UTF8.GetBytes($$"""{"v":"{{i % 4}}"}""")));
        _world.Worker(slots: 8).Given().Count.ShouldBe(8);
        var hole = new BlackholeRule(OfT with { Args = [new ArgMatch("v", "3")] });
        var figures = _world.Ask<ResourceReply>(new ResourceRequest.Preview("h", hole)).Items.Single().Figures;
        (figures.Waiting, figures.Running).ShouldBe((8, 2));
        _world.Counts().Dropped.ShouldBe(0);
    }

    private string[] Reasons(Guid id) => [.. _world.Ask<ExplainReply>(new ExplainRequest.OfJob(id)).Job!.Reasons.Select(r => r.Code)];
}
