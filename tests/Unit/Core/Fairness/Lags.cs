namespace Worcr.Unit.Core.Fairness;

/// <summary>Watches every pair of tenants while both are backlogged.</summary>
internal sealed class Lags(Arena arena, string[] tenants)
{
    private readonly Dictionary<(string, string), (double Low, double High)> _spreads = [];

    /// <summary>The largest spread seen, as a part of what is allowed.</summary>
    public double Widest { get; private set; }

    public int Observed { get; private set; }

    public void Observe()
    {
        for (var i = 0; i < tenants.Length; i++)
        {
            for (var j = i + 1; j < tenants.Length; j++) Observe((tenants[i], tenants[j]));
        }
    }

    private void Observe((string One, string Other) pair)
    {
        if (arena.Tenant(pair.One).ActiveLanes == 0 || arena.Tenant(pair.Other).ActiveLanes == 0)
        {
            _spreads.Remove(pair);
            return;
        }

        var lag = arena.Normalised[pair.One] - arena.Normalised[pair.Other];
        var (low, high) = _spreads.GetValueOrDefault(pair, (lag, lag));
        (low, high) = (Math.Min(low, lag), Math.Max(high, lag));
        _spreads[pair] = (low, high);
        Widest = Math.Max(Widest, (high - low) / (LargestStep(pair.One) + LargestStep(pair.Other)));
        Observed++;
    }

    private double LargestStep(string tenant) =>
        arena.Lanes.Where(l => l.Tenant.Name == tenant).Max(l => 1 / (l.Tenant.Share * l.Weight));
}
