using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

public sealed class StrategyTests
{
    private readonly Arena _arena = new();

    [Fact]
    public void Round_robin_knows_no_share_and_no_weight()
    {
        _arena.Scheduler.Switch(FairStrategy.RoundRobin);
        _arena.Lane("a", share: 5, weight: 3, backlog: 1_000);
        var (light, heavy) = (_arena.Lane("b", weight: 1, backlog: 1_000), _arena.Lane("b", weight: 9, backlog: 1_000));
        var served = _arena.Serve(_arena.Class(), 400);
        served.Count(t => t == "a").ShouldBe(200);
        (light.Served, heavy.Served).ShouldBe((100, 100));
    }

    [Fact]
    public void A_lottery_draws_tenants_by_share_and_weight()
    {
        _arena.Scheduler.Switch(FairStrategy.Random);
        _arena.Lane("one", backlog: 1_000_000);
        _arena.Lane("three", share: 3, backlog: 1_000_000);
        _arena.Lane("six", share: 2, weight: 3, backlog: 1_000_000);
        var served = _arena.Serve(_arena.Class(), 100_000);
        served.Count(t => t == "one").ShouldBeInRange(9_500, 10_500);
        served.Count(t => t == "three").ShouldBeInRange(29_000, 31_000);
    }

    [Fact]
    public void A_lottery_has_no_memory()
    {
        _arena.Scheduler.Switch(FairStrategy.Random);
        _arena.Lane("a", backlog: 1_000_000);
        _arena.Lane("b", share: 3, backlog: 1_000_000);
        var served = _arena.Serve(_arena.Class(), 100_000);
        var afterA = served.Zip(served.Skip(1)).Where(p => p.First == "a").ToList();
        ((double)afterA.Count(p => p.Second == "a") / afterA.Count).ShouldBe(0.25, tolerance: 0.015);
    }

    [Fact]
    public void A_lottery_draws_lanes_that_come_and_go_as_fairly_as_those_that_stay()
    {
        _arena.Scheduler.Switch(FairStrategy.Random);
        var restless = _arena.Lane("restless", backlog: 1_000_000);
        _arena.Lane("calm", backlog: 1_000_000);
        var workers = _arena.Class();
        for (var i = 0; i < 40_000; i++)
        {
            _arena.Serve(workers);
            _arena.Park(restless);
            _arena.Enqueue(restless, 0);
        }

        ((double)_arena.Served["restless"] / _arena.Served["calm"]).ShouldBe(1, tolerance: 0.06);
    }

    [Fact]
    public void Least_running_serves_who_has_the_fewest_for_its_share()
    {
        _arena.Scheduler.Switch(FairStrategy.LeastRunning);
        _arena.Lane("one", backlog: 1_000);
        _arena.Lane("three", share: 3, backlog: 1_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 40).Count(t => t == "three").ShouldBe(30);
        for (var i = 0; i < 5; i++) _arena.Scheduler.Ended(_arena.Tenant("one"));
        _arena.Serve(workers, 5).ShouldAllBe(t => t == "one");
    }

    [Fact]
    public void A_job_that_ends_counts_at_once_in_every_kind()
    {
        _arena.Scheduler.Switch(FairStrategy.LeastRunning);
        for (var kind = 0; kind < 3; kind++)
        {
            _arena.Lane("a", kind: kind, backlog: 100);
            _arena.Lane("b", kind: kind, backlog: 100);
        }

        var workers = Enumerable.Range(0, 3).Select(kind => _arena.Class(k => k == kind)).ToArray();
        for (var i = 0; i < 30; i++) _arena.Serve(workers[i % 3]);
        for (var i = 0; i < 9; i++) _arena.Scheduler.Ended(_arena.Tenant("b"));
        for (var i = 0; i < 9; i++) _arena.Serve(workers[i % 3])!.Tenant.Name.ShouldBe("b");
    }

    [Fact]
    public void Jobs_that_ran_before_a_restart_count()
    {
        _arena.Scheduler.Switch(FairStrategy.LeastRunning);
        _arena.Lane("old", backlog: 10);
        _arena.Lane("new", backlog: 10);
        for (var i = 0; i < 3; i++) FairScheduler.Resumed(_arena.Tenant("old"));
        _arena.Serve(_arena.Class(), 3).ShouldAllBe(t => t == "new");
    }

    [Fact]
    public void Where_nothing_runs_for_long_least_running_serves_by_share()
    {
        _arena.Scheduler.Switch(FairStrategy.LeastRunning);
        _arena.Lane("one", backlog: 10_000);
        _arena.Lane("three", share: 3, backlog: 10_000);
        var workers = _arena.Class();
        for (var i = 0; i < 4_000; i++) _arena.Scheduler.Ended(_arena.Serve(workers)!.Tenant);
        _arena.Served["three"].ShouldBeInRange(2_995, 3_005);
    }

    [Fact]
    public void First_come_is_first_served_whosever_it_is()
    {
        _arena.Scheduler.Switch(FairStrategy.Fifo);
        var lanes = Enumerable.Range(0, 9).Select(i => _arena.Lane($"t{i % 3}", share: 1 + i, weight: 1 + i, kind: i % 2, backlog: 1)).ToArray();
        for (var i = 0; i < 9; i++) _arena.Scheduler.HeadIs(lanes[i], (i * 7 % 9) - 3);
        var workers = _arena.Class();
        for (var i = 0; i < 9; i++) _arena.Serve(workers)!.Head.ShouldBe(i - 3);
    }

    [Fact]
    public void A_job_that_comes_back_is_first_again()
    {
        _arena.Scheduler.Switch(FairStrategy.Fifo);
        var (early, late) = (_arena.Lane("a", backlog: 10), _arena.Lane("b", backlog: 10));
        _arena.Scheduler.HeadIs(early, 10);
        _arena.Scheduler.HeadIs(late, 5);
        var workers = _arena.Class();
        _arena.Serve(workers).ShouldBeSameAs(late);
        _arena.Scheduler.HeadIs(early, 3);
        _arena.Serve(workers).ShouldBeSameAs(early);
    }

    [Fact]
    public void Strict_serves_the_heaviest_for_the_class_and_among_equals_the_first()
    {
        _arena.Scheduler.Switch(FairStrategy.Strict);
        var (a, b, c) = (_arena.Lane("a", kind: 1, backlog: 100), _arena.Lane("b", kind: 2, backlog: 100), _arena.Lane("c", kind: 1, backlog: 100));
        _arena.Scheduler.HeadIs(a, 1, 2);
        _arena.Scheduler.HeadIs(b, 3, 3);
        _arena.Scheduler.HeadIs(c, 2, 2);
        var plain = _arena.Class();
        var special = _arena.Scheduler.AddClass(_ => true, kind => (int)kind == 1 ? 1.5 : 1);
        plain.Choose().ShouldBeSameAs(b);
        special.Choose().ShouldBeSameAs(a);
        _arena.Scheduler.HeadIs(a, 4, 2);
        special.Choose().ShouldBeSameAs(c);
        _arena.Scheduler.HeadIs(a, 4, 2.5);
        special.Choose().ShouldBeSameAs(a);
        plain.Choose().ShouldBeSameAs(b);
    }

    [Fact]
    public void Who_got_much_under_another_strategy_is_not_punished_after_the_switch()
    {
        _arena.Scheduler.Switch(FairStrategy.Fifo);
        var (first, second) = (_arena.Lane("a", backlog: 10_000), _arena.Lane("b", backlog: 10_000));
        _arena.Scheduler.HeadIs(second, 1);
        var workers = _arena.Class();
        _arena.Serve(workers, 1_000);
        first.Served.ShouldBe(1_000);
        _arena.Scheduler.Switch(FairStrategy.Fair);
        _arena.Serve(workers, 100).Count(t => t == "a").ShouldBe(50);
    }

    [Fact]
    public void A_switch_keeps_a_standing_backlog_and_its_closed_gates()
    {
        var gate = new FairGate(0, "g");
        for (var i = 0; i < 1_000; i++)
        {
            var lane = _arena.Lane($"t{i % 10}", kind: i % 4, backlog: 1);
            if (i % 2 == 0) _arena.Scheduler.Place(lane, i % 4, gate);
        }

        gate.Close();
        var workers = _arena.Class();
        foreach (var strategy in Enum.GetValues<FairStrategy>().Reverse())
        {
            _arena.Scheduler.Switch(strategy);
            _arena.Serve(workers, 50).Count.ShouldBe(50);
        }

        _arena.Serve(workers, 1_000).Count.ShouldBe(200);
        gate.Open();
        _arena.Serve(workers, 1_000).Count.ShouldBe(500);
    }
}
