using Worcr.Grains;
using Worcr.SiloHost.Cluster;
using Worcr.Store;

namespace Worcr.Unit.Grains.Driving;

/// <summary>A grain on real threads and by the real clock, over a store of the test's.</summary>
internal static class StoreGrain
{
    /// <summary>Takes the namespace and starts its dispatcher from what is stored.</summary>
    public static async Task<DispatcherGrain> StartAsync(IJobStore store)
    {
        var cancel = TestContext.Current.CancellationToken;
        var clock = new SteadyClock(TimeProvider.System);
        var ownership = (await store.AcquireAsync(new AcquireOwnership("default", "s", 60_000, clock.Now), cancel)).Ownership!;
        var dispatcher = new Dispatcher(new DispatcherOptions(), new TestTemplates(), ownership, await store.LoadAsync(ownership, cancel), new Random(1), clock.Now);
        return new DispatcherGrain(dispatcher, store, clock);
    }
}
