using System.Collections.Concurrent;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Cluster;

/// <summary>All namespaces of this silo.</summary>
internal sealed partial class Dispatchers(DispatcherSource source, ILogger<Dispatchers> log) : IDispatchers, IHostedService, IDrainable, IReadinessCheck, IDisposable
{
    private const string Default = "default";

    private readonly ConcurrentDictionary<string, Lazy<NamespaceHost>> _hosts = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly OrphanSearch _orphans = new(source.Options.Lease, source.Time);

    /// <summary>Namespaces without an owner that could not be taken over; only for <see cref="SearchAsync"/>.</summary>
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private Task _chores = Task.CompletedTask;
    private Task _search = Task.CompletedTask;
    private volatile bool _isDraining;

    public string Name => "namespaces";

    public async ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel) => await HostOf(name).FindAsync(cancel);

    public async ValueTask<IDispatcher?> FindExistingAsync(string name, CancellationToken cancel) =>
        _hosts.ContainsKey(name) || await IsStoredAsync(name, cancel) ? await FindAsync(name, cancel) : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var report = await source.Store.MigrateAsync(cancellationToken);
        if (report.From != report.To) LogMigrated(log, report.From, report.To);
        var known = await source.Store.ListNamespacesAsync(cancellationToken);
        var names = known.Select(n => n.Name).Prepend(Default).Distinct(StringComparer.Ordinal).Take(source.Options.Namespaces);
        await Task.WhenAll(names.Select(n => HostOf(n).FirstTry)).WaitAsync(cancellationToken);
        _chores = Task.Run(ChoresAsync, CancellationToken.None);
        if (!source.IsEmbedded) _search = Task.Run(SearchAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _chores.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _search.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var host in _hosts.Values) await host.Value.DisposeAsync();
        await source.Store.DisposeAsync();
    }

    public void Dispose() => _end.Dispose();

    public Task DrainAsync(CancellationToken cancel)
    {
        _isDraining = true;
        return Task.WhenAll(_hosts.Values.Select(h => h.Value.Current).OfType<DispatcherGrain>().Select(g => g.DrainAsync("the silo stops", cancel)));
    }

    public async Task<string?> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await source.Store.PingAsync(cancel);
        }
        catch (StoreTransientException)
        {
            return "the store cannot be reached";
        }

        return _hosts.TryGetValue(Default, out var host) && host.Value.Current is not null ? null : "the default namespace has no dispatcher here";
    }

    private NamespaceHost HostOf(string name)
    {
        if (_hosts.TryGetValue(name, out var host)) return host.Value;
        lock (_gate)
        {
            if (!_hosts.ContainsKey(name) && _hosts.Count >= source.Options.Namespaces) throw new NamespaceLimitException(source.Options.Namespaces);
            return _hosts.GetOrAdd(name, static (n, self) => new Lazy<NamespaceHost>(() => self.NewHost(n)), this).Value;
        }
    }

    /// <summary>Whether another silo, or this one before its start, made the namespace.</summary>
    private async Task<bool> IsStoredAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await source.Store.ListNamespacesAsync(cancel)).Any(n => n.Name == name);
        }
        catch (StoreTransientException error)
        {
            throw new DispatcherUnavailableException("The store cannot be reached now.", error);
        }
    }

    private NamespaceHost NewHost(string name) => new(name, source, log);

    /// <summary>
    /// Namespaces that another silo made and left are taken over, also when nobody asks for them: their schedules and waiting jobs have to go on.
    /// </summary>
    private async Task SearchAsync()
    {
        using var timer = new PeriodicTimer(source.Options.Renew, source.Time);
        while (await timer.WaitForNextTickAsync(_end.Token) && !_isDraining)
        {
            try
            {
                var orphans = _orphans.Find(await source.Store.ListNamespacesAsync(_end.Token));
                foreach (var name in orphans.Where(n => !_hosts.ContainsKey(n))) Adopt(name);
            }
            catch (Exception error) when (!_end.IsCancellationRequested)
            {
                LogCannotSearch(log, error);
            }
        }
    }

    private void Adopt(string name)
    {
        try
        {
            _ = HostOf(name);
            LogAdopted(log, name);
        }
        catch (NamespaceLimitException full)
        {
            if (_left.Add(name)) LogCannotAdopt(log, name, full.Message);
        }
    }

    private async Task ChoresAsync()
    {
        using var timer = new PeriodicTimer(source.Options.FirstRetire, source.Time);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            await RetireAsync();
            timer.Period = source.Options.Retire;
        }
    }

    private async Task RetireAsync()
    {
        try
        {
            var grains = new Dictionary<string, DispatcherGrain>(StringComparer.Ordinal);
            foreach (var (name, host) in _hosts)
            {
                if (host.Value.Current is { } grain) grains.Add(name, grain);
            }

            if (grains.Count > 0) await source.Store.RetireAsync(await LongestAsync(grains), _end.Token);
            foreach (var grain in grains.Values) await PruneAsync(grain);
        }
        catch (Exception error) when (error is StoreTransientException or StoreOutcomeUnknownException or OperationCanceledException)
        {
            LogCannotRetire(log, error);
        }
    }

    /// <summary>All namespaces share the partitions: the one that keeps them longest decides. Of namespaces on other silos the silo's own retention is taken.</summary>
    private async Task<Retire> LongestAsync(Dictionary<string, DispatcherGrain> grains)
    {
        var retires = await Task.WhenAll(grains.Values.Select(g => g.PrepareRetireAsync(source.Uptime)));
        var now = retires.Min(r => r.Now);
        var all = await source.Store.ListNamespacesAsync(_end.Token);
        var elsewhere = source.RetainedDay(all.Where(n => !grains.ContainsKey(n.Name)), now);
        return new Retire(retires.Select(r => r.BeforeDay).Append(elsewhere).Min(), now);
    }

    /// <summary>What a namespace keeps for less long, page by page, so that no flush waits for more than one.</summary>
    private async Task PruneAsync(DispatcherGrain grain)
    {
        var page = await grain.PreparePruneAsync(source.Uptime);
        while (await source.Store.PruneAsync(page, _end.Token) == page.Limit) _end.Token.ThrowIfCancellationRequested();
    }
}
