using Worcr.SiloHost.Commands.Bench.Http;
using Worcr.Store;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>
/// The store's own ceiling: whole lives (insert, lease, outcome) a second through <see cref="IJobStore"/>, in the flushes that a dispatcher
/// makes, without dispatcher and network. Each flush inserts a batch, leases the one before last, and ends the one before that.
/// </summary>
public static class StoreFigure
{
    private const int Batch = 1_000;
    private const int InFlight = 2;

    private static readonly byte[] Args = """{"i":123456}"""u8.ToArray();

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("j", "store alone: whole lives, 1,000 a flush", true, RunAsync);

    private static async Task<BenchSample> RunAsync(BenchSite site, CancellationToken cancel)
    {
        await using var database = await site.DatabaseAsync(cancel);
        await using var store = JobStoreFactory.Open(database.Url);
        await store.MigrateAsync(cancel);
        var now = site.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var reply = await store.AcquireAsync(new AcquireOwnership("bench", "bench", 60_000, now), cancel);
        var flushes = new StoreLives(reply.Ownership ?? throw new CommandException("the fresh database is owned by somebody"), Args, now);
        await CommitAsync(store, flushes, 20, cancel);
        var count = site.Settings.StoreLives / Batch;
        var cpu = Environment.CpuUsage.TotalTime;
        var start = site.Clock.GetTimestamp();
        await CommitAsync(store, flushes, count, cancel);
        var seconds = site.Clock.GetElapsedTime(start).TotalSeconds;
        var own = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        return new BenchSample([new BenchValue("", "lives/s", (double)count * Batch / seconds)], LoadCpu: own);
    }

    private static async Task CommitAsync(IJobStore store, StoreLives lives, int flushes, CancellationToken cancel)
    {
        var underWay = new Queue<Task>();
        for (var i = 0; i < flushes; i++)
        {
            if (underWay.Count == InFlight) await underWay.Dequeue();
            underWay.Enqueue(Task.Run(() => store.CommitAsync(lives.Next(Batch, BenchRequests.Tenants), cancel), cancel));
        }

        await Task.WhenAll(underWay);
    }
}
