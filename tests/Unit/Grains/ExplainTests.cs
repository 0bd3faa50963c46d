using System.Text.Json;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Explain names the figures behind a reason, and estimates no start before what holds the job lets go.</summary>
public sealed class ExplainTests
{
    private readonly World _world = new();

    [Fact]
    public void No_start_is_estimated_before_a_window_opens()
    {
        Limit(new LimitSpec(LimitKind.FixedWindow, 1, 60_000));
        var ids = Started(4);
        var explained = Explain(ids[1]);
        explained.EstimatedStartAt.ShouldBe(World.Start + 60_000);
        Explain(ids[3]).EstimatedStartAt.ShouldBe(World.Start + 180_000);
        Figure(explained, "limit", "opensInMs").ShouldBe(World.Start + 60_000 - _world.Now);
    }

    [Fact]
    public void Jobs_behind_others_of_their_lane_wait_for_as_many_tokens()
    {
        Limit(new LimitSpec(LimitKind.TokenBucket, 1, 60_000, 1));
        var ids = Started(4);
        Explain(ids[3]).EstimatedStartAt.ShouldBe(World.Start + 180_000);
        Limit(new LimitSpec(LimitKind.TokenBucket, 0, 60_000, 1));
        Explain(ids[3]).EstimatedStartAt.ShouldBe(0);
    }

    [Fact]
    public void A_pause_with_an_end_is_waited_for_and_one_without_gives_no_estimate()
    {
        var ids = Started(2, slots: 1);
        _world.Put("p", new PauseRule(RuleMatch.Any, _world.Now + 90_000));
        var explained = Explain(ids[1]);
        explained.EstimatedStartAt.ShouldBe(_world.Now + 90_000);
        Figure(explained, "paused", "endsInMs").ShouldBe(90_000);
        _world.Put("p", new PauseRule(RuleMatch.Any));
        Explain(ids[1]).EstimatedStartAt.ShouldBe(0);
    }

    [Fact]
    public void Workers_without_slots_give_no_estimate()
    {
        var ids = _world.EnqueueMany(2);
        var worker = _world.Worker(slots: 1);
        worker.GivenOne();
        _world.Advance(1_000);
        Explain(ids[1]).EstimatedStartAt.ShouldBeGreaterThan(0);
        _world.Session(worker, SessionAction.Slots, 0);
        var explained = Explain(ids[1]);
        explained.EstimatedStartAt.ShouldBe(0);
        explained.Reasons.ShouldContain(r => r.Code == "workers-busy" && r.Text.Contains("None of the 1 workers"));
    }

    [Fact]
    public void The_maximum_of_a_tenant_has_a_name()
    {
        _world.Put("", new TenantRule { MaxConcurrency = 1 });
        var ids = Started(2);
        var figures = Explain(ids[1]).Reasons.Single(r => r.Code == "limit").Figures!;
        JsonDocument.Parse(figures).RootElement.GetProperty("limit").GetString().ShouldBe("maxConcurrency");
    }

    [Fact]
    public void A_member_of_a_batch_tells_for_how_many_it_waits()
    {
        var reply = _world.Ask<BatchReply>(new BatchRequest.Create(Guid.CreateVersion7(), null, IsOpen: false, [NewJob("a"), NewJob("b"), NewJob("c")]) { After = [[], [], [0, 1]] });
        var last = reply.Jobs![2].Id;
        Figure(Explain(last), "after", "pending").ShouldBe(2);
        var worker = _world.Worker(types: ["a"]);
        _world.Complete(worker.GivenOne());
        Figure(Explain(last), "after", "pending").ShouldBe(1);
    }

    /// <summary>So many jobs, of which as many run as a worker and the rules allow; a second has passed.</summary>
    private Guid[] Started(int count, int slots = 10)
    {
        var ids = _world.EnqueueMany(count);
        _world.Worker(slots: slots).GivenOne();
        _world.Advance(1_000);
        return ids;
    }

    private void Limit(LimitSpec spec) => _world.Put("l", new LimitRule(RuleMatch.Any, spec));

    private JobExplanation Explain(Guid id) => _world.Ask<ExplainReply>(new ExplainRequest.OfJob(id)).Job!;

    private static long Figure(JobExplanation explained, string reason, string figure)
    {
        using var figures = JsonDocument.Parse(explained.Reasons.Single(r => r.Code == reason).Figures!);
        return figures.RootElement.GetProperty(figure).GetInt64();
    }
}
