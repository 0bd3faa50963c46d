using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>What very many lanes cost a silo in memory, how long it takes to be there again after a restart, and how fast it then goes from lane to lane.</summary>
public static class LanesFigure
{
    private const int Slots = 500;

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("l", "1,000,000 queued jobs, each in a lane of its own (--quick: 40,000)", true, RunAsync);

    private static async Task<BenchSample> RunAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await BenchSilo.StartAsync(await site.DatabaseAsync(cancel), cancel);
        var side = site.Settings.LanesSide;
        var jobs = side * side;
        var cpu = new CpuMeter(silo);
        var enqueueing = await new EnqueueLoad(silo.Url, 2, 1_000, tenants: side, tags: side).RunAsync(jobs, site.Clock, cancel);
        var restart = await BacklogRestart.RunAsync(silo, jobs, site.Clock, cancel);
        await Task.Delay(BacklogRestart.Settle, site.Clock, cancel);
        var again = BacklogRestart.MemoryOf(silo);
        var drained = await DrainAsync(site, silo, cancel);
        return cpu.Sample(
        [
            new BenchValue("enqueued", "/s", jobs / enqueueing),
            new BenchValue("RSS", "MiB", restart.FullMiB),
            new BenchValue("RSS after restart", "MiB", again),
            new BenchValue("restart to ready", "ms", restart.ReadyMs),
            new BenchValue("drain after restart", "/s", drained),
        ]);
    }

    /// <summary>Drains a part: as many jobs as the plain drain.</summary>
    private static async Task<double> DrainAsync(BenchSite site, BenchSilo silo, CancellationToken cancel)
    {
        var jobs = Math.Min(site.Settings.DrainJobs, site.Settings.LanesSide * site.Settings.LanesSide);
        await using var worker = await BenchWorker.StartDotNetAsync(silo.Url, Slots, cancel);
        var first = await worker.FirstStartAsync(cancel);
        await silo.FinishedAsync(jobs, site.Clock, cancel);
        var done = (await silo.StatsAsync(cancel)).Jobs.Succeeded;
        return done / (site.Clock.GetUtcNow() - first).TotalSeconds;
    }
}
