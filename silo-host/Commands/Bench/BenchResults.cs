namespace Worcr.SiloHost.Commands.Bench;

/// <summary>Collects the samples of all rounds.</summary>
public sealed class BenchResults
{
    private readonly List<(BenchFigure Figure, string Store, BenchSample Sample)> _samples = [];

    /// <summary>Adds a sample.</summary>
    public void Add(BenchFigure figure, string store, BenchSample sample) => _samples.Add((figure, store, sample));

    /// <summary>One result a number, in the order of measuring.</summary>
    public IReadOnlyList<BenchResult> All() =>
        [.. _samples.GroupBy(one => (one.Figure, one.Store)).SelectMany(group => Results(group.Key.Figure, group.Key.Store, [.. group.Select(one => one.Sample)]))];

    private static IEnumerable<BenchResult> Results(BenchFigure figure, string store, List<BenchSample> samples)
    {
        var siloCpu = BenchResult.MedianOf(samples.Select(sample => sample.SiloCpu));
        var loadCpu = BenchResult.MedianOf(samples.Select(sample => sample.LoadCpu));
        if (samples.All(sample => sample.Values.Count == 0))
            return [new BenchResult(figure.Key, figure.Title, store, "", "", [], 0, 0, samples[0].Skipped)];
        return from value in samples.SelectMany(sample => sample.Values)
               group value.Value by (value.Name, value.Unit) into runs
               select new BenchResult(figure.Key, figure.Title, store, runs.Key.Name, runs.Key.Unit, [.. runs], siloCpu, loadCpu, null);
    }
}
