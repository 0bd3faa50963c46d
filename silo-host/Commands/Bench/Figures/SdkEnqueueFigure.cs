using Worcr.Client;
using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>Ten callers of the .NET SDK, each awaiting its job before the next: what a web application does. The SDK puts concurrent calls together.</summary>
public static class SdkEnqueueFigure
{
    private const int Callers = 10;

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("c", ".NET SDK enqueue, 10 awaiting callers", true, RunAsync);

    private static async Task<BenchSample> RunAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await site.SiloAsync(cancel);
        using var client = new WorcrClient(new WorcrClientOptions { Url = silo.Url });
        await EnqueueAsync(client, site.Settings.WarmUpJobs, cancel);
        var cpu = new CpuMeter(silo);
        var start = site.Clock.GetTimestamp();
        await EnqueueAsync(client, site.Settings.SingleJobs, cancel);
        var seconds = site.Clock.GetElapsedTime(start).TotalSeconds;
        return cpu.Sample(new BenchValue("", "/s", site.Settings.SingleJobs / seconds));
    }

    private static Task EnqueueAsync(WorcrClient client, int jobs, CancellationToken cancel)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync, cancel)));

        async Task CallAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < jobs;)
                await client.EnqueueAsync(BenchRequests.Type, new { i }, new JobRequestOptions { Tenant = $"t{i % BenchRequests.Tenants}" }, cancel);
        }
    }
}
