namespace Worcr.Simulation.World;

/// <summary>How often what happened: a simulation in which the important never happens proves nothing.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Count(string what, long by = 1) => _counts[what] = _counts.GetValueOrDefault(what) + by;

    public void Add(Coverage other)
    {
        foreach (var (what, count) in other._counts) Count(what, count);
    }
}
