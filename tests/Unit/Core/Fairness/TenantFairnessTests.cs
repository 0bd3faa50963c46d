namespace Worcr.Unit.Core.Fairness;

public sealed class TenantFairnessTests
{
    private readonly Arena _arena = new();

    [Fact]
    public void A_small_tenant_is_served_every_other_job_beside_a_large_one()
    {
        _arena.Lane("large", backlog: 100_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 5_000);
        _arena.Lane("small", backlog: 1_000);
        var served = _arena.Serve(workers, 2_000);
        for (var i = 1; i < served.Count - 1; i += 2) served[i].ShouldNotBe(served[i + 1]);
        _arena.Served["small"].ShouldBeInRange(999, 1_000);
    }

    [Fact]
    public void Shares_of_one_to_three_give_service_of_one_to_three()
    {
        _arena.Lane("one", share: 1, backlog: 100_000);
        _arena.Lane("three", share: 3, backlog: 100_000);
        _arena.Serve(_arena.Class(), 10_000);
        ((double)_arena.Served["three"] / _arena.Served["one"]).ShouldBe(3, tolerance: 0.06);
    }

    [Fact]
    public void A_new_share_counts_from_the_next_choice()
    {
        _arena.Lane("a", backlog: 10_000);
        _arena.Lane("b", backlog: 10_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 1_000);
        _arena.Tenant("b").Share = 3;
        var served = _arena.Serve(workers, 400);
        served.Count(t => t == "b").ShouldBeInRange(298, 302);
    }

    [Fact]
    public void A_tenant_that_joins_late_neither_catches_up_nor_is_punished()
    {
        _arena.Lane("early", backlog: 100_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 10_000);
        _arena.Lane("late", backlog: 100_000);
        var served = _arena.Serve(workers, 100);
        served.Count(t => t == "late").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void A_tenant_that_was_away_comes_back_as_if_it_had_joined_now()
    {
        var away = _arena.Lane("away", backlog: 100);
        _arena.Lane("busy", backlog: 100_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 10_000);
        _arena.Enqueue(away, 10_000);
        _arena.Serve(workers, 100).Count(t => t == "away").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void When_everything_was_done_nobody_owes_anything()
    {
        var frugal = _arena.Lane("frugal", weight: 0.001, backlog: 5);
        var workers = _arena.Class();
        _arena.Serve(workers, 10).Count.ShouldBe(5);
        frugal.IsActive.ShouldBeFalse();
        _arena.Lane("frugal", backlog: 1_000);
        _arena.Lane("other", backlog: 1_000);
        _arena.Serve(workers, 100).Count(t => t == "frugal").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void A_thousand_lanes_gain_nothing_over_one()
    {
        for (var i = 0; i < 1_000; i++) _arena.Lane("many", backlog: 10);
        _arena.Lane("one", backlog: 10_000);
        var workers = _arena.Class();
        var served = _arena.Serve(workers, 4_000);
        served.Count(t => t == "one").ShouldBeInRange(1_999, 2_001);
        _arena.Lanes.Where(l => l.Tenant.Name == "many").ShouldAllBe(l => l.Served == 1 || l.Served == 2 || l.Served == 3);
    }

    [Fact]
    public void New_lanes_all_the_time_gain_nothing_either()
    {
        _arena.Lane("steady", backlog: 10_000);
        var workers = _arena.Class();
        var mine = 0;
        for (var i = 0; i < 2_000; i++)
        {
            _arena.Lane("inventive", backlog: 1);
            if (_arena.Serve(workers)!.Tenant.Name == "inventive") mine++;
        }

        mine.ShouldBeInRange(999, 1_001);
    }

    [Fact]
    public void Equal_tenants_take_turns_however_many_they_are()
    {
        for (var i = 0; i < 5_000; i++) _arena.Lane($"t{i}", backlog: 3);
        var workers = _arena.Class();
        for (var round = 0; round < 3; round++) _arena.Serve(workers, 5_000).Distinct().Count().ShouldBe(5_000);
        _arena.Serve(workers).ShouldBeNull();
    }

    [Fact]
    public void The_finest_and_the_coarsest_rates_stay_exact()
    {
        _arena.Lane("giant", share: 1e6, weight: 1e6, backlog: 1_000_000);
        _arena.Lane("dwarf", share: 1e-3, weight: 1e-3, backlog: 10);
        var workers = _arena.Class();
        _arena.Serve(workers, 100_000).Count(t => t == "dwarf").ShouldBe(1);
    }
}
