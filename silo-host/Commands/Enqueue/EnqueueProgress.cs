using System.Globalization;
using Spectre.Console;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>Shows how far a file has been enqueued: a bar on a terminal, otherwise a line a second.</summary>
/// <param name="io">Where to show it.</param>
/// <param name="totalBytes">The file's length, or null when it is not known.</param>
/// <param name="clock">Tells when a second is over.</param>
public sealed class EnqueueProgress(CommandIo io, long? totalBytes, TimeProvider clock)
{
    /// <summary>Runs <paramref name="work"/>, which tells how far it is.</summary>
    public async Task<T> RunAsync<T>(Func<Action<EnqueueCount>, Task<T>> work)
    {
        if (!io.Interactive) return await work(PlainLines());
        var bar = AnsiConsoleBar();
        return await bar.StartAsync(async context =>
        {
            var task = context.AddTask("enqueue", maxValue: Math.Max(1, totalBytes ?? 1));
            task.IsIndeterminate = totalBytes is null;
            var result = await work(count =>
            {
                task.Value = totalBytes is null ? 0 : count.Bytes;
                task.Description = Invariant($"{count.Jobs:N0} jobs");
            });
            task.StopTask();
            return result;
        });
    }

    private Progress AnsiConsoleBar()
    {
        ProgressColumn[] columns = totalBytes is null
            ? [new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()]
            : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
        return io.Screen.Progress().AutoClear(true).Columns(columns);
    }

    private Action<EnqueueCount> PlainLines()
    {
        var start = clock.GetTimestamp();
        var shown = start;
        return count =>
        {
            if (clock.GetElapsedTime(shown) < TimeSpan.FromSeconds(1)) return;
            shown = clock.GetTimestamp();
            var share = totalBytes is > 0 ? Invariant($" ({100.0 * count.Bytes / totalBytes.Value:0}%)") : "";
            var rate = count.Jobs / clock.GetElapsedTime(start).TotalSeconds;
            io.Error.WriteLine(Invariant($"enqueued {count.Jobs:N0} jobs{share}, {rate:N0}/s"));
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
