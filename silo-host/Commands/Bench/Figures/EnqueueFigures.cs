using Worcr.SiloHost.Commands.Bench.Http;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>How fast jobs are taken in over HTTP.</summary>
public static class EnqueueFigures
{
    private const int BulkSize = 1_000;

    /// <summary>1,000 jobs a request, one request after the other.</summary>
    public static BenchFigure Bulk { get; } =
        new("a", "enqueue, 1,000 jobs a request, 1 in flight", true, (site, cancel) => RunAsync(site, 1, BulkSize, site.Settings.BulkJobs, cancel));

    /// <summary>1,000 jobs a request, four under way.</summary>
    public static BenchFigure ParallelBulk { get; } =
        new("a4", "enqueue, 1,000 jobs a request, 4 in flight", true, (site, cancel) => RunAsync(site, 4, BulkSize, site.Settings.BulkJobs, cancel));

    /// <summary>One job a request, ten under way.</summary>
    public static BenchFigure Single { get; } =
        new("b", "enqueue, 1 job a request, 10 in flight", true, (site, cancel) => RunAsync(site, 10, 1, site.Settings.SingleJobs, cancel));

    private static async Task<BenchSample> RunAsync(BenchSite site, int connections, int jobsPerRequest, int jobs, CancellationToken cancel)
    {
        await using var silo = await site.SiloAsync(cancel);
        var load = new EnqueueLoad(silo.Url, connections, jobsPerRequest);
        var cpu = new CpuMeter(silo);
        var seconds = await load.RunAsync(jobs, site.Clock, cancel);
        return cpu.Sample(new BenchValue("", "/s", jobs / seconds));
    }
}
