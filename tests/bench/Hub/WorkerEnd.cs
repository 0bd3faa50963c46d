using System.Diagnostics;
using System.Globalization;
using Worcr.Client;

namespace Worcr.HubBench;

/// <summary>The .NET worker with a handler that does nothing. Prints the jobs a second and its CPU time a job.</summary>
internal static class WorkerEnd
{
    public static async Task<int> RunAsync(Uri url, int slots, int seconds)
    {
        var done = 0L;
        var options = new WorcrWorkerOptions { Url = url, Slots = slots, Prefetch = slots };
        options.Handle<BenchArgs>("bench", (_, _) =>
        {
            Interlocked.Increment(ref done);
            return ValueTask.CompletedTask;
        });
        await using var worker = new WorcrWorker(options);
        var running = worker.RunAsync();
        await Pause.For(TimeSpan.FromSeconds(3)); // the compiler's share
        using var self = Process.GetCurrentProcess();
        var (jobs, cpu, watch) = (Interlocked.Read(ref done), self.TotalProcessorTime, Stopwatch.StartNew());
        await Pause.For(TimeSpan.FromSeconds(seconds));
        self.Refresh();
        var count = Interlocked.Read(ref done) - jobs;
        var used = self.TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count / watch.Elapsed.TotalSeconds:F0} {used.TotalMicroseconds / count:F2}"));
        _ = running;
        return 0;
    }

    private sealed record BenchArgs(int N);
}
