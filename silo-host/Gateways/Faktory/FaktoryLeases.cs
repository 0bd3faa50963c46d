using System.Collections.Concurrent;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The leases of the jobs that were fetched lately: only to spare a question, for the dispatcher knows them all.</summary>
internal sealed class FaktoryLeases
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<Guid, (string Worker, LeaseToken Lease)> _leases = new();
    private int _count;

    /// <summary>A worker got a job.</summary>
    public void Keep(Guid job, string worker, LeaseToken lease)
    {
        if (Volatile.Read(ref _count) >= Most) Clear();
        if (_leases.TryAdd(job, (worker, lease))) Interlocked.Increment(ref _count);
        else _leases[job] = (worker, lease);
    }

    /// <summary>The lease of a job that this worker got; null worker: that any got.</summary>
    public LeaseToken? Find(Guid job, string? worker) =>
        _leases.TryGetValue(job, out var kept) && (worker is null || kept.Worker == worker) ? kept.Lease : null;

    /// <summary>The job is done.</summary>
    public void Drop(Guid job)
    {
        if (_leases.TryRemove(job, out _)) Interlocked.Decrement(ref _count);
    }

    private void Clear()
    {
        foreach (var job in _leases.Keys) Drop(job);
    }
}
