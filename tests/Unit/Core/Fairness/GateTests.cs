using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

public sealed class GateTests
{
    private readonly Arena _arena = new();

    [Fact]
    public void A_lane_waits_until_all_its_gates_are_open()
    {
        var (pause, limit) = (new FairGate(0, "pause"), new FairGate(1, "limit"));
        var lane = Behind("t", limit, pause);
        var workers = _arena.Class();
        pause.Close();
        limit.Close();
        _arena.Serve(workers).ShouldBeNull();
        pause.Open();
        _arena.Serve(workers).ShouldBeNull();
        limit.Open();
        _arena.Serve(workers).ShouldBeSameAs(lane);
    }

    [Fact]
    public void A_closed_gate_does_not_hold_up_others_of_the_same_tenant()
    {
        var gate = new FairGate(0, "g");
        Behind("t", gate);
        var free = _arena.Lane("t", backlog: 1);
        gate.Close();
        _arena.Serve(_arena.Class()).ShouldBeSameAs(free);
    }

    [Fact]
    public void A_gate_knows_how_many_active_lanes_have_to_pass_it()
    {
        var (general, special) = (new FairGate(0, "a"), new FairGate(1, "b"));
        var lane = Behind("t", special, general);
        Behind("t", general);
        (general.ActiveLanes, special.ActiveLanes).ShouldBe((2, 1));
        _arena.Park(lane);
        (general.ActiveLanes, special.ActiveLanes).ShouldBe((1, 0));
    }

    [Fact]
    public void A_gate_forgets_lanes_that_are_removed()
    {
        var gates = Enumerable.Range(0, 4).Select(i => new FairGate(i, "g")).ToArray();
        var lane = Behind("t", gates);
        gates.ShouldAllBe(g => g.Branches.Count == 1);
        _arena.Scheduler.Remove(lane);
        gates.ShouldAllBe(g => g.Branches.Count == 0 && g.ActiveLanes == 0);
        _arena.Serve(_arena.Class()).ShouldBeNull();
    }

    [Fact]
    public void A_lane_that_is_placed_elsewhere_has_other_gates_and_classes()
    {
        var gate = new FairGate(0, "g");
        var lane = Behind("t", gate);
        gate.Close();
        var workers = _arena.Class(k => k == 7);
        _arena.Scheduler.Place(lane, 7);
        _arena.Serve(workers).ShouldBeSameAs(lane);
        _arena.Scheduler.Place(lane, 7, gate);
        _arena.Serve(workers).ShouldBeNull();
    }

    [Fact]
    public void A_general_gate_stands_once_however_many_lanes_are_behind_it()
    {
        var general = new FairGate(0, "all");
        for (var i = 0; i < 100; i++) Behind($"t{i}", new FairGate(2, $"shop{i}"), general);
        general.Branches.Count.ShouldBe(1);
    }

    [Fact]
    public void A_tenant_that_waited_for_long_takes_no_more_than_its_share_when_its_gate_opens()
    {
        var pause = new FairGate(0, "pause");
        Behind("paused", pause).Backlog = 100_000;
        _arena.Lane("busy", backlog: 100_000);
        var workers = _arena.Class();
        pause.Close();
        _arena.Serve(workers, 10_000);
        pause.Open();
        _arena.Serve(workers, 1_000).Count(t => t == "paused").ShouldBeInRange(499, 501);
    }

    [Fact]
    public void Lanes_that_waited_for_long_take_no_more_than_theirs_from_the_others_of_their_tenant()
    {
        var pause = new FairGate(0, "pause");
        var paused = Behind("t", pause);
        paused.Backlog = 100_000;
        _arena.Lane("t", backlog: 100_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 10);
        pause.Close();
        _arena.Serve(workers, 10_000);
        pause.Open();
        var before = paused.Served;
        _arena.Serve(workers, 1_000);
        (paused.Served - before).ShouldBeInRange(499, 501);
    }

    [Fact]
    public void A_short_wait_is_caught_up()
    {
        var limit = new FairGate(0, "limit");
        Behind("limited", limit).Backlog = 10_000;
        _arena.Lane("other", backlog: 10_000);
        var workers = _arena.Class();
        for (var i = 0; i < 100; i++)
        {
            limit.Close();
            _arena.Serve(workers, 5);
            limit.Open();
            _arena.Serve(workers, 15);
        }

        _arena.Served["limited"].ShouldBeInRange(998, 1_002);
    }

    [Fact]
    public void Behind_a_tight_limit_shares_still_count()
    {
        var limit = new FairGate(0, "limit");
        Behind("one", limit).Backlog = 100_000;
        Behind("three", limit).Backlog = 100_000;
        _arena.Tenant("three").Share = 3;
        for (var i = 0; i < 20; i++) _arena.Lane($"t{i}", backlog: 100_000);
        var workers = _arena.Class();
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 10 == 0) limit.Open();
            if (_arena.Serve(workers)!.Tenant.Name is "one" or "three") limit.Close();
        }

        ((double)_arena.Served["three"] / _arena.Served["one"]).ShouldBe(3, tolerance: 0.3);
    }

    [Fact]
    public void A_kind_that_nobody_served_for_long_takes_no_more_than_its_share_from_a_class_that_comes()
    {
        _arena.Lane("waiting", kind: 1, backlog: 100_000);
        _arena.Lane("busy", kind: 2, backlog: 100_000);
        _arena.Serve(_arena.Class(k => k == 2), 10_000);
        var both = _arena.Class();
        _arena.Serve(both, 1_000).Count(t => t == "waiting").ShouldBeInRange(435, 565);
    }

    [Fact]
    public void Who_joins_a_slow_kind_does_not_wait_for_those_who_lag_there()
    {
        _arena.Lane("fast", kind: 1, backlog: 1_000_000);
        _arena.Lane("old", kind: 2, backlog: 1_000_000);
        var (fast, slow) = (_arena.Class(k => k == 1), _arena.Class(k => k == 2 || k == 3));
        for (var i = 0; i < 100; i++)
        {
            _arena.Serve(fast, 100);
            _arena.Serve(slow, 1);
        }

        _arena.Lane("new", kind: 3, backlog: 1_000);
        _arena.Serve(slow, 100).Count(t => t == "new").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void Nor_does_a_new_lane_of_the_same_tenant()
    {
        _arena.Lane("t", kind: 1, backlog: 1_000_000);
        _arena.Lane("t", kind: 2, backlog: 1_000_000);
        var (fast, slow) = (_arena.Class(k => k == 1), _arena.Class(k => k == 2 || k == 3));
        for (var i = 0; i < 100; i++)
        {
            _arena.Serve(fast, 100);
            _arena.Serve(slow, 1);
        }

        var late = _arena.Lane("t", kind: 3, backlog: 1_000);
        _arena.Serve(slow, 100);
        late.Served.ShouldBeInRange(49, 51);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nobody_starves_behind_gates_that_open_now_and_then(int seed)
    {
        var chance = new Random(seed);
        var gates = Enumerable.Range(0, 12).Select(i => new FairGate(i / 4, $"g{i}")).ToArray();
        for (var i = 0; i < 60; i++) Behind($"t{i % 9}", gates[i % 4], gates[4 + (i % 3)], gates[8 + (i % 4)]).Backlog = 1_000_000;
        FairClass[] classes = [_arena.Class(), _arena.Class(), _arena.Class(k => k == 0)];
        for (var i = 0; i < 40_000; i++)
        {
            var gate = gates[chance.Next(gates.Length)];
            if (gate.IsOpen) gate.Close();
            else gate.Open();
            _arena.Serve(classes[chance.Next(classes.Length)]);
        }

        _arena.Lanes.ShouldAllBe(l => l.Served > 20);
    }

    [Fact]
    public void Gates_that_lanes_share_hold_them_all_also_when_their_ways_part_later()
    {
        var gates = Enumerable.Range(0, 4).Select(i => new FairGate(i, "g")).ToArray();
        var (first, workers) = (Behind("t", gates), _arena.Class());
        gates[1].Close();
        gates[3].Close();
        var second = Behind("u", gates[0], gates[1]);
        var third = Behind("t", gates[0]);
        (gates[0].Branches.Count, gates[1].Branches.Count).ShouldBe((1, 1));
        _arena.Serve(workers).ShouldBeSameAs(third);
        _arena.Serve(workers).ShouldBeNull();
        gates[1].Open();
        _arena.Serve(workers).ShouldBeSameAs(second);
        _arena.Serve(workers).ShouldBeNull();
        gates[3].Open();
        _arena.Serve(workers).ShouldBeSameAs(first);
    }

    private TestLane Behind(string tenant, params FairGate[] gates)
    {
        var lane = _arena.Lane(tenant);
        _arena.Scheduler.Place(lane, 0, gates);
        _arena.Enqueue(lane, 1);
        return lane;
    }
}
