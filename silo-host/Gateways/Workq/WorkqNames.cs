using System.Collections.Concurrent;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>The names that Workq clients have used since the start: a name stays known when its queue is empty. At most 100,000; further ones are known by their jobs only.</summary>
internal sealed class WorkqNames
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>All of them, in no order.</summary>
    public ICollection<string> All => _names.Keys;

    /// <summary>A name is used.</summary>
    public void Use(string name)
    {
        if (_names.ContainsKey(name) || Volatile.Read(ref _count) >= Most) return;
        if (_names.TryAdd(name, true)) Interlocked.Increment(ref _count);
    }

    /// <summary>Whether it was.</summary>
    public bool Knows(string name) => _names.ContainsKey(name);
}
