namespace Worcr.Core.Fairness;

/// <summary>One worker class's view of the lanes: tenants by virtual time, and inside each its eligible lanes by theirs.</summary>
public sealed class FairClass
{
    private readonly Dictionary<FairTenant, TenantEntry> _entries = [];
    private readonly PriorityQueue<TenantEntry, UInt128> _tenants = new();

    internal FairClass(int number, Func<FairLane, bool> eligible)
    {
        Number = number;
        IsEligible = eligible;
    }

    internal int Number { get; }

    internal Func<FairLane, bool> IsEligible { get; }

    internal void Add(FairLane lane)
    {
        if (!IsEligible(lane) || !lane.Queued.Add(Number)) return;
        if (!_entries.TryGetValue(lane.Tenant, out var entry)) _entries.Add(lane.Tenant, entry = new TenantEntry(lane.Tenant));
        entry.Lanes.Enqueue(lane, lane.Time);
        if (entry.IsQueued) return;
        entry.IsQueued = true;
        _tenants.Enqueue(entry, lane.Tenant.Time);
    }

    /// <summary>
    /// The lane that a free slot of this class serves next, or null; <see cref="FairScheduler.Charge"/> it when a job was taken. Keys in the heaps are lower bounds (virtual times only grow), so a stale key is mended when it reaches
    /// the top, and a lane or tenant that has nothing to do any more is dropped there.
    /// </summary>
    public FairLane? Choose()
    {
        while (_tenants.TryPeek(out var entry, out var key))
        {
            if (key < entry.Tenant.Time)
            {
                _tenants.DequeueEnqueue(entry, entry.Tenant.Time);
                continue;
            }

            if (ChooseLane(entry) is { } lane) return lane;
            _tenants.Dequeue();
            _entries.Remove(entry.Tenant);
        }

        return null;
    }

    internal void Forget()
    {
        foreach (var entry in _entries.Values)
        {
            foreach (var (lane, _) in entry.Lanes.UnorderedItems) lane.Queued.Remove(Number);
        }

        _entries.Clear();
        _tenants.Clear();
    }

    private FairLane? ChooseLane(TenantEntry entry)
    {
        while (entry.Lanes.TryPeek(out var lane, out var key))
        {
            if (!lane.IsActive)
            {
                entry.Lanes.Dequeue();
                lane.Queued.Remove(Number);
            }
            else if (key < lane.Time)
            {
                entry.Lanes.DequeueEnqueue(lane, lane.Time);
            }
            else
            {
                return lane;
            }
        }

        return null;
    }

    private sealed class TenantEntry(FairTenant tenant)
    {
        public FairTenant Tenant { get; } = tenant;

        public PriorityQueue<FairLane, UInt128> Lanes { get; } = new();

        public bool IsQueued { get; set; }
    }
}
