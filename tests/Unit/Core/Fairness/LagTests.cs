namespace Worcr.Unit.Core.Fairness;

/// <summary>
/// The bound of start-time fair queueing: while two tenants are both backlogged, what they get, divided by share x weight, never differs
/// by more than one job of each. It holds over every interval, so the spread of the difference is what is checked.
/// </summary>
public sealed class LagTests
{
    private const int Steps = 4_000;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_lag_of_any_two_backlogged_tenants_is_bounded(int seed)
    {
        var chance = new Random(seed);
        var arena = new Arena();
        var tenants = Enumerable.Range(0, chance.Next(2, 10)).Select(i => $"t{i}").ToArray();
        foreach (var tenant in tenants)
        {
            var share = Math.Pow(10, (chance.NextDouble() * 2) - 1);
            for (var lanes = chance.Next(1, 6); lanes > 0; lanes--) arena.Lane(tenant, share, Math.Pow(2, chance.Next(-2, 5)));
        }

        var workers = arena.Class();
        var lags = new Lags(arena, tenants);
        for (var step = 0; step < Steps; step++)
        {
            if (chance.Next(10) == 0) arena.Enqueue(arena.Lanes[chance.Next(arena.Lanes.Count)], chance.Next(1, 400));
            lags.Observe();
            arena.Serve(workers);
            lags.Observe();
        }

        lags.Widest.ShouldBeLessThanOrEqualTo(1 + 1e-9);
        lags.Observed.ShouldBeGreaterThan(100);
    }
}
