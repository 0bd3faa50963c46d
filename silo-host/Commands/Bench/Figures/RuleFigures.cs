using System.Globalization;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>What rules cost.</summary>
public static class RuleFigures
{
    private const int Changes = 20;
    private const int Tenants = 10_000;
    private const int Slots = 500;

    /// <summary>How long it takes until a rule that is put or deleted acts on a large backlog: until it is answered, since it acts with its answer.</summary>
    public static BenchFigure Change { get; } = new("r", "a rule changed over 1,000,000 ready jobs (--quick: 50,000)", true, ChangeAsync);

    /// <summary>The drain with many tenants and rules that all jobs meet.</summary>
    public static BenchFigure Drain { get; } = new("s", "drain, 1 .NET worker, 500 slots, 10,000 tenants, 20 rules, 3 limits a job", true, DrainAsync);

    private static async Task<BenchSample> ChangeAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await BenchSilo.StartAsync(await site.DatabaseAsync(cancel), cancel);
        var cpu = new CpuMeter(silo);
        await new Http.EnqueueLoad(silo.Url, 1, 1_000, tenants: Tenants).RunAsync(site.Settings.MemoryJobs, site.Clock, cancel);
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var start = site.Clock.GetTimestamp();
            if (i % 2 == 0) await silo.PutAsync("pauses/bench", """{"match":{"types":["bench.noop"]}}""", cancel);
            else await silo.DeleteAsync("pauses/bench", cancel);
            times.Add(site.Clock.GetElapsedTime(start).TotalMilliseconds);
        }

        var first = times[0];
        times.Sort();
        return cpu.Sample([new BenchValue("first", "ms", first), new BenchValue("median", "ms", times[Changes / 2]), new BenchValue("longest", "ms", times[^1])]);
    }

    private static async Task<BenchSample> DrainAsync(BenchSite site, CancellationToken cancel)
    {
        await using var silo = await site.SiloAsync(cancel);
        for (var i = 0; i < 10; i++)
        {
            await silo.PutAsync(Name("weights", i), """{"match":{"types":["bench.noop"],"worker":{"none":["slow"]}},"factor":1.5}""", cancel);
            await silo.PutAsync(Name("routes", i), """{"match":{"types":["bench.noop"],"worker":{"all":["nobody"]}},"effect":"prohibit"}""", cancel);
        }

        await silo.PutAsync("limits/running", """{"match":{},"kind":"concurrency","limit":100000,"key":"type"}""", cancel);
        await silo.PutAsync("limits/tenant", """{"match":{},"kind":"concurrency","limit":1000,"key":"tenant"}""", cancel);
        await silo.PutAsync("limits/rate", """{"match":{},"kind":"tokenBucket","limit":1000000,"period":"1s","key":"tenant"}""", cancel);
        return await DrainFigures.RunAsync(site, silo, Tenants, url => BenchWorker.StartDotNetAsync(url, Slots, cancel), cancel);
    }

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}/bench{number}");
}
