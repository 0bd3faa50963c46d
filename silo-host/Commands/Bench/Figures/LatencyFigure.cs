using System.Collections.Concurrent;
using System.Text.Json;
using Worcr.Client;
using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>From the enqueue call to the handler's start, at a steady hundred jobs a second; producer and worker are this process, so that one clock measures both ends.</summary>
public static class LatencyFigure
{
    private const int PerSecond = 100;
    private const int Slots = 10;
    private const int Producers = 10;
    private const int WarmUp = 2 * PerSecond;

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("g", "enqueue call to handler start, 100 jobs/s", true, RunAsync);

    private static async Task<BenchSample> RunAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await site.SiloAsync(cancel);
        var jobs = WarmUp + (PerSecond * site.Settings.LatencySeconds);
        var starts = new ConcurrentDictionary<int, long>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new WorcrWorkerOptions { Url = silo.Url, Slots = Slots, Name = "bench" };
        options.HandleRaw(BenchRequests.Type, context =>
        {
            var now = site.Clock.GetTimestamp();
            if (starts.TryAdd(NumberOf(context.Args.Span), now) && starts.Count == jobs) all.TrySetResult();
            return default;
        });
        await using var worker = new WorcrWorker(options);
        var working = worker.RunAsync(cancel);
        var cpu = new CpuMeter(silo);
        var calls = await EnqueueAsync(silo.Url, jobs, site.Clock, cancel);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        await worker.DrainAsync(cancel);
        await working;
        var waits = Enumerable.Range(WarmUp, jobs - WarmUp).Select(i => site.Clock.GetElapsedTime(calls[i], starts[i]).TotalMilliseconds).Order().ToArray();
        return cpu.Sample([new BenchValue("p50", "ms", Percentile(waits, 0.5)), new BenchValue("p99", "ms", Percentile(waits, 0.99))]);
    }

    /// <summary>An open loop: a call is made when it is due, whether earlier ones are answered or not, as long as they take less than the producers' turn around.</summary>
    private static async Task<long[]> EnqueueAsync(Uri silo, int jobs, TimeProvider clock, CancellationToken cancel)
    {
        var calls = new long[jobs];
        var start = clock.GetTimestamp();
        await BenchThreads.RunAsync(Producers, number =>
        {
            using var connection = BenchConnection.Open(silo);
            for (var i = number; i < jobs; i += Producers)
            {
                var request = BenchRequests.Enqueue(silo, i, 1);
                var wait = TimeSpan.FromSeconds((double)i / PerSecond) - clock.GetElapsedTime(start);
                if (wait > TimeSpan.Zero && cancel.WaitHandle.WaitOne(wait)) throw new OperationCanceledException(cancel);
                calls[i] = clock.GetTimestamp();
                connection.Send(request);
            }
        });
        return calls;
    }

    private static int NumberOf(ReadOnlySpan<byte> args)
    {
        var json = new Utf8JsonReader(args);
        while (json.Read() && json.TokenType != JsonTokenType.Number)
        {
        }

        return json.GetInt32();
    }

    private static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
