using System.Runtime.InteropServices;

namespace Worcr.Client.Running;

/// <summary>Every lease that this worker holds: waiting, running, or finished and not yet acknowledged.</summary>
internal sealed class JobBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JobContext> _held = new(StringComparer.Ordinal);

    /// <summary>How many.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _held.Count;
        }
    }

    /// <summary>Adds jobs; one that is there already is taken out of the list.</summary>
    public void Add(List<JobContext> jobs)
    {
        var doubles = false;
        lock (_gate)
        {
            foreach (ref var job in CollectionsMarshal.AsSpan(jobs))
            {
                if (_held.TryAdd(job.Lease, job)) continue;
                job = null!;
                doubles = true;
            }
        }

        if (doubles) jobs.RemoveAll(job => job is null);
    }

    /// <summary>Takes one out; false when it is not there.</summary>
    public bool Remove(JobContext job)
    {
        lock (_gate) return _held.Remove(job.Lease);
    }

    /// <summary>Takes all out.</summary>
    public void Remove(IReadOnlyList<JobContext> jobs)
    {
        lock (_gate)
        {
            foreach (var job in jobs) _held.Remove(job.Lease);
        }
    }

    /// <summary>The job of a lease, or null.</summary>
    public JobContext? Find(string lease)
    {
        lock (_gate) return _held.GetValueOrDefault(lease);
    }

    /// <summary>All of them, as they are now.</summary>
    public JobContext[] Snapshot()
    {
        lock (_gate) return [.. _held.Values];
    }

    /// <summary>Adds those to <paramref name="late"/> whose time is over and that were not told yet.</summary>
    public void Late(long now, List<JobContext> late)
    {
        lock (_gate)
        {
            foreach (var job in _held.Values)
            {
                if (job.Deadline <= now && job.StopReason == StopReason.None) late.Add(job);
            }
        }
    }
}
