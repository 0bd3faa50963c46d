namespace Worcr.Unit.Core.Fairness;

/// <summary>Charging by run time: what a job was thought to cost, and what it has cost.</summary>
public sealed class CorrectionTests
{
    private readonly Arena _arena = new();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 3)]
    public void A_job_that_costs_three_times_as_much_is_served_a_third_as_often(double cost, double charged)
    {
        var costly = _arena.Lane("costly", backlog: 100_000);
        _arena.Lane("cheap", backlog: 100_000);
        var workers = _arena.Class();
        for (var i = 0; i < 4_000; i++)
        {
            var lane = _arena.Serve(workers)!;
            _arena.Scheduler.Correct(lane, (ReferenceEquals(lane, costly) ? cost : charged) - 1, lane.Weight);
        }

        (_arena.Served["costly"] * cost / (_arena.Served["cheap"] * charged)).ShouldBe(1, tolerance: 0.01);
    }

    [Fact]
    public void What_was_charged_too_much_is_used_up_by_the_next_jobs()
    {
        var lane = _arena.Lane("a", backlog: 100);
        _arena.Lane("b", backlog: 100);
        var workers = _arena.Class();
        _arena.Serve(workers, 2);
        _arena.Scheduler.Charge(lane, 3, 1);
        _arena.Scheduler.Correct(lane, -3, 1);
        _arena.Serve(workers, 8).Count(t => t == "a").ShouldBe(4);
        _arena.Serve(workers, 20).Count(t => t == "a").ShouldBeInRange(10, 13);
        _arena.Serve(workers, 20).Count(t => t == "a").ShouldBeInRange(9, 11);
    }

    [Fact]
    public void Lanes_are_corrected_inside_their_tenant_too()
    {
        var (slow, quick) = (_arena.Lane("t", backlog: 10_000), _arena.Lane("t", backlog: 10_000));
        var workers = _arena.Class();
        for (var i = 0; i < 4_000; i++)
        {
            if (ReferenceEquals(_arena.Serve(workers), slow)) _arena.Scheduler.Correct(slow, 2, 1);
        }

        quick.Served.ShouldBeInRange(2_990, 3_010);
    }

    [Fact]
    public void A_credit_is_forgotten_when_there_is_nothing_to_do()
    {
        var lane = _arena.Lane("idle", backlog: 1);
        _arena.Lane("busy", backlog: 10_000);
        var workers = _arena.Class();
        _arena.Scheduler.Correct(lane, -500, 1);
        _arena.Park(lane);
        _arena.Serve(workers, 100);
        _arena.Enqueue(lane, 10_000);
        _arena.Serve(workers, 100).Count(t => t == "idle").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void Who_has_nothing_to_do_gets_no_credit()
    {
        var lane = _arena.Lane("idle");
        _arena.Lane("busy", backlog: 10_000);
        var workers = _arena.Class();
        _arena.Serve(workers, 100);
        _arena.Scheduler.Correct(lane, -500, 1);
        _arena.Enqueue(lane, 10_000);
        _arena.Serve(workers, 100).Count(t => t == "idle").ShouldBeInRange(49, 51);
    }
}
