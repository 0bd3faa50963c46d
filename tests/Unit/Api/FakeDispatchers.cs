using System.Collections.Concurrent;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>One fake dispatcher a namespace.</summary>
public sealed class FakeDispatchers : IDispatchers
{
    private readonly ConcurrentDictionary<string, FakeDispatcher> _all = new(StringComparer.Ordinal);

    public FakeDispatcher Default => Of("default");

    public bool Away { get; set; }

    public IEnumerable<string> Names => _all.Keys;

    public FakeDispatcher Of(string name) => _all.GetOrAdd(name, _ => new FakeDispatcher());

    public ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel) =>
        Away ? throw new DispatcherUnavailableException("moving") : ValueTask.FromResult<IDispatcher>(Of(name));
}
