using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>How fast one worker process empties a backlog: from its first handler's start until every job has succeeded.</summary>
public static class DrainFigures
{
    private const int FillSize = 1_000;

    /// <summary>The .NET worker, 10 slots.</summary>
    public static BenchFigure TenSlots { get; } = DotNet("d", 10);

    /// <summary>The .NET worker, 500 slots.</summary>
    public static BenchFigure ManySlots { get; } = DotNet("e", 500);

    /// <summary>The Node.js worker, 500 slots.</summary>
    public static BenchFigure Node { get; } = new("f", "drain, 1 Node.js worker, 500 slots", true, (site, cancel) =>
        NodeWorker.Find(site.Settings.ClientJs, out var why) is { } node
            ? RunAsync(site, silo => BenchWorker.StartNodeAsync(node, silo, 500, cancel), cancel)
            : Task.FromResult(BenchSample.Skip(why)));

    private static BenchFigure DotNet(string key, int slots) =>
        new(key, $"drain, 1 .NET worker, {slots} slots", true, (site, cancel) => RunAsync(site, silo => BenchWorker.StartDotNetAsync(silo, slots, cancel), cancel));

    private static async Task<BenchSample> RunAsync(BenchSite site, Func<Uri, Task<BenchWorker>> start, CancellationToken cancel)
    {
        await using var silo = await site.SiloAsync(cancel);
        return await RunAsync(site, silo, BenchRequests.Tenants, start, cancel);
    }

    /// <summary>Fills a silo with jobs of so many tenants and drains it.</summary>
    internal static async Task<BenchSample> RunAsync(BenchSite site, BenchSilo silo, int tenants, Func<Uri, Task<BenchWorker>> start, CancellationToken cancel)
    {
        var before = (await silo.StatsAsync(cancel)).Jobs.Succeeded;
        await new EnqueueLoad(silo.Url, 1, FillSize, tenants: tenants).RunAsync(site.Settings.DrainJobs, site.Clock, cancel);
        var cpu = new CpuMeter(silo);
        await using var worker = await start(silo.Url);
        var first = await worker.FirstStartAsync(cancel);
        await silo.FinishedAsync(before + site.Settings.DrainJobs, site.Clock, cancel);
        var seconds = (site.Clock.GetUtcNow() - first).TotalSeconds;
        return cpu.Sample([new BenchValue("", "/s", site.Settings.DrainJobs / seconds)], worker.CpuSeconds);
    }
}
