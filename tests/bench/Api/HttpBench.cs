using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Grains;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.ApiBench;

/// <summary>The whole path of an enqueue over loopback, load generator in the same process.</summary>
internal static class HttpBench
{
    private const int InFlight = 10;

    /// <summary>Measures one job and 1,000 jobs a request.</summary>
    public static async Task RunAsync(TimeSpan time)
    {
        var options = new SiloOptions { Urls = ["http://127.0.0.1:0"], Log = LogLevel.Warning };
        await using var app = Silo.Build(options, new SiloParts((services, _) => services.AddSingleton<IDispatchers, InstantDispatcher>().AddSingleton<IKeyStore>(_ => JobStoreFactory.Open("sqlite::memory:")), _ => { }));
        await app.StartAsync();
        var address = new Uri(Silo.AddressOf(app));
        foreach (var (name, body, jobs) in new[] { ("POST one small job", Bodies.Small(1), 1), ("POST 1,000 small jobs", Bodies.Small(1_000), 1_000), ("POST 1,000 usual jobs", Bodies.Usual(1_000), 1_000) })
        {
            await MeasureAsync(address, body, time / 4);
            var cpu = Environment.CpuUsage.TotalTime;
            var requests = await MeasureAsync(address, body, time);
            var used = Environment.CpuUsage.TotalTime - cpu;
            Console.WriteLine($"{name,-32} {requests / time.TotalSeconds,10:0} requests/s {requests * jobs / time.TotalSeconds,12:0} jobs/s {used / time,6:0.00} cores, {used.TotalMicroseconds / requests,8:0.0} us CPU/request, generator included");
        }

        await app.StopAsync();
    }

    private static async Task<long> MeasureAsync(Uri address, byte[] body, TimeSpan time)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(() => RawClient.RepeatAsync(address, body, time))));
        return counts.Sum();
    }
}
