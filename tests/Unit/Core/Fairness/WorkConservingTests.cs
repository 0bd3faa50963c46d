using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>
/// Against a model that knows everything: a class gets a lane exactly when an active lane exists that it may serve, whatever came and
/// went before.
/// </summary>
public sealed class WorkConservingTests
{
    private const int Kinds = 6;
    private readonly Arena _arena = new();
    private readonly List<(FairClass Workers, int Kinds)> _classes = [];

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 10)]
    [InlineData(4, 10)]
    [InlineData(5, 80)]
    [InlineData(6, 80)]
    [InlineData(7, 80)]
    [InlineData(8, 150)]
    public void A_class_gets_a_lane_exactly_when_there_is_one_for_it(int seed, int classes)
    {
        var chance = new Random(seed);
        for (var i = 0; i < 60; i++) _arena.Lane($"t{i % 12}", share: 1 + (i % 3), weight: 1 + (i % 4), kind: i % Kinds);
        for (var step = 0; step < 8_000; step++)
        {
            var lane = _arena.Lanes[chance.Next(_arena.Lanes.Count)];
            switch (chance.Next(12))
            {
                case 0: _arena.Enqueue(lane, chance.Next(1, 4)); break;
                case 1: _arena.Park(lane); break;
                case 2: _arena.Enqueue(lane, 0); break;
                case 3 when _classes.Count < classes: AddClass(chance); break;
                case 4 when _classes.Count > 0: RemoveClass(chance.Next(_classes.Count)); break;
                case > 4 when _classes.Count > 0: Serve(_classes[chance.Next(_classes.Count)]); break;
                default: break;
            }
        }

        foreach (var workers in _classes) ServeAll(workers);
    }

    [Fact]
    public void A_number_that_is_used_again_loses_no_lane()
    {
        var first = _arena.Class();
        for (var i = 0; i < 100; i++) _arena.Lane($"t{i % 7}", backlog: 1);
        _arena.Scheduler.RemoveClass(first);
        _arena.Scheduler.RemoveClass(first);
        ServeAll((_arena.Class(), ~0));
        _arena.Lanes.ShouldAllBe(l => l.Served == 1);
    }

    [Fact]
    public void A_lane_that_became_active_while_there_was_nobody_is_offered_to_whoever_comes()
    {
        _arena.Lane("t", kind: 3, backlog: 1);
        _arena.Serve(_arena.Class(k => k == 2)).ShouldBeNull();
        _arena.Serve(_arena.Class(k => k == 3)).ShouldNotBeNull();
    }

    [Fact]
    public void A_parked_lane_is_not_chosen_until_it_is_woken()
    {
        var parked = _arena.Lane("t", backlog: 5);
        var other = _arena.Lane("t", backlog: 1);
        var workers = _arena.Class();
        _arena.Park(parked);
        _arena.Serve(workers).ShouldBeSameAs(other);
        _arena.Serve(workers).ShouldBeNull();
        _arena.Enqueue(parked, 0);
        _arena.Serve(workers).ShouldBeSameAs(parked);
    }

    [Fact]
    public void Choosing_without_charging_changes_nothing()
    {
        _arena.Lane("a", backlog: 1);
        _arena.Lane("b", backlog: 1);
        var workers = _arena.Class();
        var chosen = workers.Choose();
        for (var i = 0; i < 10; i++) workers.Choose().ShouldBeSameAs(chosen);
    }

    [Fact]
    public void Two_classes_that_may_serve_the_same_lanes_share_one_account()
    {
        _arena.Lane("a", backlog: 10_000);
        _arena.Lane("b", backlog: 10_000);
        var (one, other) = (_arena.Class(), _arena.Class());
        for (var i = 0; i < 1_000; i++)
        {
            _arena.Serve(one);
            _arena.Serve(other);
            Math.Abs(_arena.Served["a"] - _arena.Served["b"]).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Nobody_starves_beside_classes_of_every_eligibility()
    {
        for (var i = 0; i < 48; i++) _arena.Lane($"t{i % 8}", share: 1 + (i % 5), kind: i % Kinds, backlog: 1_000_000);
        FairClass[] classes = [_arena.Class(), .. Enumerable.Range(0, Kinds).Select(k => _arena.Class(kind => kind == k))];
        var chance = new Random(1);
        for (var i = 0; i < 20_000; i++) _arena.Serve(classes[chance.Next(classes.Length)]).ShouldNotBeNull();
        _arena.Lanes.ShouldAllBe(l => l.Served > 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void More_kinds_than_there_are_bits_come_and_go(int seed)
    {
        var chance = new Random(seed);
        var classes = Enumerable.Range(0, 40).Select(i => (Slot: i, Workers: _arena.Class(k => k % 40 == i))).ToArray();
        for (var step = 0; step < 6_000; step++)
        {
            _arena.Lane($"t{chance.Next(30)}", kind: chance.Next(2_000), backlog: chance.Next(1, 3));
            var (slot, workers) = classes[chance.Next(40)];
            var expected = _arena.Lanes.Exists(l => l.IsActive && l.Kind % 40 == slot);
            (_arena.Serve(workers) is not null).ShouldBe(expected);
            if (step % 500 == 0) ServeAllOf(classes);
        }

        ServeAllOf(classes);
        _arena.Scheduler.ActiveLanes.ShouldBe(0);
    }

    private void ServeAllOf((int Slot, FairClass Workers)[] classes)
    {
        foreach (var (slot, workers) in classes)
        {
            while (_arena.Serve(workers) is { } lane) (lane.Kind % 40).ShouldBe(slot);
        }

        _arena.Lanes.RemoveAll(l => !l.IsActive);
        _arena.Lanes.ShouldBeEmpty();
    }

    private void AddClass(Random chance)
    {
        var kinds = chance.Next(1, 1 << Kinds);
        _classes.Add((_arena.Class(k => (kinds >> k & 1) != 0), kinds));
    }

    private void RemoveClass(int index)
    {
        _arena.Scheduler.RemoveClass(_classes[index].Workers);
        _classes.RemoveAt(index);
    }

    private void Serve((FairClass Workers, int Kinds) workers)
    {
        var expected = _arena.Lanes.Exists(l => l.IsActive && (workers.Kinds >> l.Kind & 1) != 0);
        var lane = _arena.Serve(workers.Workers);
        (lane is not null).ShouldBe(expected);
        if (lane is not null) (workers.Kinds >> lane.Kind & 1).ShouldBe(1);
        _arena.Scheduler.ActiveLanes.ShouldBe(_arena.Lanes.Count(l => l.IsActive));
    }

    private void ServeAll((FairClass Workers, int Kinds) workers)
    {
        while (_arena.Serve(workers.Workers) is not null)
        {
        }

        _arena.Lanes.Exists(l => l.IsActive && (workers.Kinds >> l.Kind & 1) != 0).ShouldBeFalse();
    }
}
