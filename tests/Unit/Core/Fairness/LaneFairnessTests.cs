using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

public sealed class LaneFairnessTests
{
    private readonly Arena _arena = new();

    [Fact]
    public void Weights_decide_inside_a_tenant_at_every_moment()
    {
        var light = _arena.Lane("t", weight: 1, backlog: 10_000);
        var heavy = _arena.Lane("t", weight: 4, backlog: 10_000);
        var workers = _arena.Class();
        for (var i = 0; i < 5_000; i++)
        {
            _arena.Serve(workers);
            Math.Abs(light.Served - (heavy.Served / 4.0)).ShouldBeLessThanOrEqualTo(1.25);
        }
    }

    [Fact]
    public void Weights_decide_between_lanes_of_different_kinds_too()
    {
        var light = _arena.Lane("t", weight: 1, kind: 1, backlog: 10_000);
        var heavy = _arena.Lane("t", weight: 4, kind: 2, backlog: 10_000);
        _arena.Lane("other", kind: 1, backlog: 10_000);
        var workers = _arena.Class();
        for (var i = 0; i < 5_000; i++)
        {
            _arena.Serve(workers);
            Math.Abs(light.Served - (heavy.Served / 4.0)).ShouldBeLessThanOrEqualTo(1.25);
        }
    }

    [Fact]
    public void A_heavier_lane_makes_its_tenant_heavier()
    {
        _arena.Lane("premium", weight: 10, backlog: 10_000);
        _arena.Lane("basic", weight: 1, backlog: 10_000);
        _arena.Serve(_arena.Class(), 1_100).Count(t => t == "premium").ShouldBeInRange(998, 1_002);
    }

    [Fact]
    public void A_lane_that_joins_late_starts_with_the_others_of_its_tenant()
    {
        var early = _arena.Lane("t", backlog: 10_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 1_000);
        var late = _arena.Lane("t", backlog: 10_000);
        _arena.Serve(workers, 100);
        late.Served.ShouldBeInRange(49, 51);
        early.Served.ShouldBe(1_100 - late.Served);
    }

    [Fact]
    public void A_lane_that_is_activated_again_and_again_gains_nothing()
    {
        var restless = _arena.Lane("t", backlog: 10_000);
        var calm = _arena.Lane("t", backlog: 10_000);
        var workers = _arena.Class();
        for (var i = 0; i < 1_000; i++)
        {
            _arena.Serve(workers);
            _arena.Park(restless);
            _arena.Enqueue(restless, 0);
            Math.Abs(restless.Served - calm.Served).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void When_a_tenant_has_done_everything_its_lanes_owe_nothing()
    {
        var workers = _arena.Class();
        var frugal = _arena.Lane("t", weight: 0.001, backlog: 1);
        _arena.Serve(workers, 1);
        _arena.Lane("busy", backlog: 10_000);
        var plain = _arena.Lane("t", backlog: 1_000);
        _arena.Enqueue(frugal, 1_000);
        while (plain.Served < 3) _arena.Serve(workers).ShouldNotBeNull();
        frugal.Served.ShouldBe(2);
    }

    [Fact]
    public void A_new_lane_goes_first_also_where_an_older_one_waits_whose_tenant_was_served_elsewhere_meanwhile()
    {
        var gate = new FairGate(0, "g");
        var (slow, slower, late) = (_arena.Lane("t", weight: 0.02), _arena.Lane("t", weight: 0.01), _arena.Lane("t"));
        _arena.Scheduler.Place(slower, 0, gate);
        _arena.Scheduler.Place(late, 0, gate);
        var workers = _arena.Class();
        _arena.Enqueue(slower, 2);
        _arena.Serve(workers).ShouldBeSameAs(slower);
        _arena.Enqueue(slow, 2);
        _arena.Serve(workers).ShouldBeSameAs(slow);
        _arena.Enqueue(late, 1);
        _arena.Serve(workers).ShouldBeSameAs(late);
    }
}
