using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>What a large backlog costs a silo in memory, and how long it takes to be there again after a restart.</summary>
public static class MemoryFigure
{
    private const int JobBytes = 1_024;

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("h", "1,000,000 queued jobs of 1 KiB (--quick: 50,000)", true, RunAsync);

    private static async Task<BenchSample> RunAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await BenchSilo.StartAsync(await site.DatabaseAsync(cancel), cancel);
        var jobs = site.Settings.MemoryJobs;
        var cpu = new CpuMeter(silo);
        await new EnqueueLoad(silo.Url, 2, 1_000, JobBytes).RunAsync(jobs, site.Clock, cancel);
        var restart = await BacklogRestart.RunAsync(silo, jobs, site.Clock, cancel);
        return cpu.Sample(
        [
            new BenchValue("RSS", "MiB", restart.FullMiB),
            new BenchValue("RSS after restart", "MiB", BacklogRestart.MemoryOf(silo)),
            new BenchValue("restart to ready", "ms", restart.ReadyMs),
        ]);
    }
}
