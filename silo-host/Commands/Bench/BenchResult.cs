namespace Worcr.SiloHost.Commands.Bench;

/// <summary>All runs of one number of one figure on one store.</summary>
/// <param name="Figure">The figure's key.</param>
/// <param name="Title">The figure's title.</param>
/// <param name="Store">The store, or empty.</param>
/// <param name="Name">Which number of the figure, or empty.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Runs">The numbers, in the order of the rounds.</param>
/// <param name="SiloCpu">Processor seconds of the silo, the median.</param>
/// <param name="LoadCpu">Processor seconds of load and workers, the median.</param>
/// <param name="Skipped">Why there are no runs, or null.</param>
public sealed record BenchResult(
    string Figure, string Title, string Store, string Name, string Unit, IReadOnlyList<double> Runs, double SiloCpu, double LoadCpu, string? Skipped)
{
    /// <summary>The median of the runs.</summary>
    public double Median => MedianOf(Runs);

    /// <summary>The smallest run.</summary>
    public double Min => Runs.Count == 0 ? 0 : Runs.Min();

    /// <summary>The largest run.</summary>
    public double Max => Runs.Count == 0 ? 0 : Runs.Max();

    /// <summary>The median of numbers; 0 when there are none.</summary>
    public static double MedianOf(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        if (sorted.Length == 0) return 0;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
