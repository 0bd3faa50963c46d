using System.Globalization;
using Spectre.Console;
using Worcr.SiloHost.Commands.Bench.Stores;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>Measures figures: round by round, figure by figure, the stores side by side.</summary>
public sealed class BenchRun(CommandIo io, BenchSettings settings, TimeProvider clock)
{
    /// <summary>Runs all rounds.</summary>
    public async Task<BenchResults> RunAsync(IReadOnlyList<BenchFigure> figures, IReadOnlyList<IBenchStore> stores, int rounds, CancellationToken cancel)
    {
        var steps = (from round in Enumerable.Range(1, rounds)
                     from figure in figures
                     from store in figure.NeedsStore ? stores : [stores[0]]
                     select new Step(round, figure, store)).ToList();
        var results = new BenchResults();
        if (!io.Interactive)
        {
            foreach (var (index, step) in steps.Index()) io.Say($"[{index + 1}/{steps.Count}] {await MeasureAsync(step, results, cancel)}");
            return results;
        }

        ProgressColumn[] columns = [new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn()];
        await io.Screen.Progress().AutoClear(true).Columns(columns).StartAsync(async progress =>
        {
            var task = progress.AddTask("starting", maxValue: steps.Count);
            foreach (var step in steps)
            {
                task.Description = Markup.Escape($"{step.Store.Name}: {step.Figure.Title}");
                io.Say(await MeasureAsync(step, results, cancel));
                task.Increment(1);
            }
        });
        return results;
    }

    private async Task<string> MeasureAsync(Step step, BenchResults results, CancellationToken cancel)
    {
        var load = LoadAverage.Read();
        var sample = await step.Figure.Measure(new BenchSite(step.Store, settings, clock), cancel);
        var store = step.Figure.NeedsStore ? step.Store.Name : "";
        results.Add(step.Figure, store, sample);
        var numbers = sample.Skipped is { } reason
            ? $"skipped: {reason}"
            : string.Join(", ", sample.Values.Select(value => $"{value.Name} {BenchReport.Number(value.Value, value.Unit)}".TrimStart()));
        return string.Create(CultureInfo.InvariantCulture, $"{store,-8} {step.Figure.Key,-2} {step.Figure.Title}: {numbers} (load {load:0.0})");
    }

    private sealed record Step(int Round, BenchFigure Figure, IBenchStore Store);
}
