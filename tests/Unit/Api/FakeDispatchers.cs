using System.Collections.Concurrent;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>One fake dispatcher a namespace.</summary>
public sealed class FakeDispatchers : IDispatchers
{
    private readonly ConcurrentDictionary<string, FakeDispatcher> _all = new(StringComparer.Ordinal);

    public FakeDispatcher Default => Of("default");

    public bool Away { get; set; }

    /// <summary>Whether every name is one of a namespace, or only those that somebody asked for to write. Default: every one.</summary>
    public bool KnowsAll { get; set; } = true;

    public bool IsFull { get; set; }

    public IEnumerable<string> Names => _all.Keys;

    /// <summary>What is done to a new dispatcher.</summary>
    public Action<FakeDispatcher> Prepare { get; set; } = _ => { };

    public FakeDispatcher Of(string name) => _all.GetOrAdd(name, _ =>
    {
        var made = new FakeDispatcher();
        Prepare(made);
        return made;
    });

    public ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel) =>
        Away ? throw new DispatcherUnavailableException("moving")
        : IsFull && !_all.ContainsKey(name) ? throw new NamespaceLimitException(_all.Count)
        : ValueTask.FromResult<IDispatcher>(Of(name));

    public async ValueTask<IDispatcher?> FindExistingAsync(string name, CancellationToken cancel) =>
        KnowsAll || _all.ContainsKey(name) ? await FindAsync(name, cancel) : null;
}
