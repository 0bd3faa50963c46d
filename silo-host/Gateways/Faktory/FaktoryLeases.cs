using System.Collections.Concurrent;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The leases of the jobs that were fetched lately: only to spare a question, for the dispatcher knows them all.</summary>
internal sealed class FaktoryLeases
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<Guid, (string Worker, LeaseToken Lease)> _leases = new();

    /// <summary>A worker got a job.</summary>
    public void Keep(Guid job, string worker, LeaseToken lease)
    {
        if (_leases.Count >= Most) _leases.Clear();
        _leases[job] = (worker, lease);
    }

    /// <summary>The lease of a job that this worker got; null worker: that any got.</summary>
    public LeaseToken? Find(Guid job, string? worker) =>
        _leases.TryGetValue(job, out var kept) && (worker is null || kept.Worker == worker) ? kept.Lease : null;

    /// <summary>The job is done.</summary>
    public void Drop(Guid job) => _leases.TryRemove(job, out _);
}
