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

    /// <summary>An open loop: a call is made when it is due, whether earlier ones are answered or not.</summary>
    private static async Task<long[]> EnqueueAsync(Uri silo, int jobs, TimeProvider clock, CancellationToken cancel)
    {
        var connections = new ConcurrentBag<BenchConnection>();
        var calls = new long[jobs];
        var underWay = new List<Task>();
        var start = clock.GetTimestamp();
        for (var i = 0; i < jobs; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / PerSecond) - clock.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancel);
            var request = BenchRequests.Enqueue(silo, i, 1);
            var connection = connections.TryTake(out var free) ? free : await BenchConnection.OpenAsync(silo, cancel);
            calls[i] = clock.GetTimestamp();
            underWay.Add(SendAsync(connection, request));
        }

        await Task.WhenAll(underWay);
        foreach (var connection in connections) connection.Dispose();
        return calls;

        async Task SendAsync(BenchConnection connection, byte[] request)
        {
            await connection.SendAsync(request);
            connections.Add(connection);
        }
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
