using Worcr.SiloHost.Commands.Bench.Stores;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>Where a figure is measured: a store, and silos over a fresh database of it.</summary>
public sealed class BenchSite(IBenchStore store, BenchSettings settings, TimeProvider clock)
{
    /// <summary>How much is measured.</summary>
    public BenchSettings Settings { get; } = settings;

    /// <summary>Measures time.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>A fresh, empty database; dropped when disposed.</summary>
    public Task<BenchDatabase> DatabaseAsync(CancellationToken cancel) => store.CreateAsync(cancel);

    /// <summary>A warm silo over a fresh database.</summary>
    public async Task<BenchSilo> SiloAsync(CancellationToken cancel)
    {
        var silo = await BenchSilo.StartAsync(await store.CreateAsync(cancel), cancel);
        try
        {
            await silo.WarmUpAsync(Settings.WarmUpJobs, Clock, cancel);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }
}
