using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>What it takes to make a dispatcher: store, clock, identity of the silo.</summary>
internal sealed class DispatcherSource(
    IJobStore store, IJobTemplates templates, SiloOptions silo, ClusterOptions options, TimeProvider time, IEnumerable<INamespaceCompanion> companions)
{
    /// <summary>With so many lanes a start leaves as much garbage as it keeps. It is given back at once: a silo that has little to do afterwards would keep it for long.</summary>
    private const int ManyLanes = 100_000;

    private readonly SteadyClock _clock = new(time);

    public IJobStore Store { get; } = store;

    /// <summary>Whether the store is this process's alone.</summary>
    public bool IsEmbedded { get; } = silo.DatabaseUrl.StartsWith("sqlite", StringComparison.OrdinalIgnoreCase);

    public ClusterOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    /// <summary>Who goes along with each namespace that runs here.</summary>
    public IReadOnlyList<INamespaceCompanion> Companions { get; } = [.. companions];

    /// <summary>The silo's name in the store: another one at each start.</summary>
    public string SiloId { get; } = $"{Environment.MachineName}-{Guid.CreateVersion7():n}";

    /// <summary>The first day that namespaces of other silos keep, as far as this one knows.</summary>
    public int RetainedDay(IEnumerable<NamespaceRecord> elsewhere, long now) => ForeignRetention.FirstDay(elsewhere, now, (long)silo.Retention.TotalMilliseconds);

    /// <summary>Milliseconds of a clock that nobody sets.</summary>
    public long Uptime => (long)Time.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Takes or renews the ownership; null while another silo has it.</summary>
    public async Task<Ownership?> AcquireAsync(string name, Ownership? held, CancellationToken cancel)
    {
        var request = new AcquireOwnership(name, SiloId, (long)Options.Lease.TotalMilliseconds, _clock.Now, held, Takeover: IsEmbedded && held is null);
        return (await Store.AcquireAsync(request, cancel)).Ownership;
    }

    public async Task<DispatcherGrain> LoadAsync(Ownership ownership, CancellationToken cancel)
    {
        var grain = Load(ownership, await Store.LoadAsync(ownership, cancel), out var lanes);
        if (lanes >= ManyLanes) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return grain;
    }

    /// <summary>Gives the ownership up; when the store cannot be reached it ends by itself.</summary>
    public async Task ReleaseAsync(Ownership ownership)
    {
        try
        {
            await Store.ReleaseAsync(ownership, CancellationToken.None);
        }
        catch (StoreTransientException)
        {
            // The lease runs out by itself.
        }
        catch (StoreOutcomeUnknownException)
        {
            // The lease runs out by itself.
        }
    }

    /// <summary>In a method of its own: when it has returned, nothing holds what was read.</summary>
    private DispatcherGrain Load(Ownership ownership, NamespaceState state, out int lanes)
    {
        lanes = state.Lanes.Count;
        var bounds = new DispatcherOptions
        {
            RetentionMs = (long)silo.Retention.TotalMilliseconds,
            FlushesUnderWay = IsEmbedded ? 1 : 2, // SQLite writes one at a time: a second flush would only be smaller
        };
        var dispatcher = new Dispatcher(bounds, templates, ownership, state, new Random(), _clock.Now);
        return new DispatcherGrain(dispatcher, Store, _clock);
    }
}
