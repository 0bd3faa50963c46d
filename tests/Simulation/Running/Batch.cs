using System.Globalization;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>Many seeds, on all cores: runs share nothing.</summary>
internal sealed class Batch
{
    private readonly List<RunResult> _failures = [];

    public Coverage Coverage { get; } = new();

    public IReadOnlyList<RunResult> Failures => [.. _failures.OrderBy(f => f.Scenario.Seed)];

    public long Steps { get; private set; }

    public static Batch Of(IReadOnlyList<int> seeds)
    {
        var batch = new Batch();
        Parallel.ForEach(seeds, seed => batch.Take(Run.Of(seed)));
        return batch;
    }

    public IEnumerable<string> Lines() =>
        Coverage.Counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value,12:N0}  {c.Key}"));

    private void Take(RunResult result)
    {
        lock (_failures)
        {
            Steps += result.Steps;
            Coverage.Add(result.Coverage);
            if (result.Failure is not null) _failures.Add(result);
        }
    }
}
