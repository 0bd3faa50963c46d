namespace Worcr.Core.Fairness;

/// <summary>
/// The lanes that the same classes may serve: tenants by virtual time, and inside each its lanes by theirs. A lane stands in one kind
/// only, however many classes there are. Keys in the heaps are lower bounds (virtual times only grow), so a stale key is mended when it
/// reaches the top, and what has nothing to do any more is dropped there.
/// </summary>
internal sealed class FairKind(FairLane sample)
{
    private readonly Dictionary<FairTenant, TenantLanes> _known = [];
    private readonly PriorityQueue<TenantLanes, UInt128> _tenants = new();

    /// <summary>Any lane of the kind: what holds of it holds of all.</summary>
    public FairLane Sample { get; } = sample;

    /// <summary>The kind's places in the classes that may serve it.</summary>
    public List<KindPlace> Places { get; } = [];

    public int ActiveLanes { get; set; }

    public bool IsForgotten { get; private set; }

    /// <summary>A lower bound of the smallest virtual time.</summary>
    public UInt128 Bound => _tenants.TryPeek(out _, out var key) ? key : KindPlace.Nowhere;

    public void Add(FairLane lane)
    {
        if (lane.IsQueued) return;
        if (!_known.TryGetValue(lane.Tenant, out var lanes))
        {
            _known.Add(lane.Tenant, lanes = new TenantLanes(lane.Tenant));
            _tenants.Enqueue(lanes, lane.Tenant.Time);
            foreach (var place in Places) place.Offer(lane.Tenant.Time);
        }

        lanes.Add(lane);
    }

    /// <summary>The lane to serve next, or null; <paramref name="time"/> is its tenant's virtual time.</summary>
    public FairLane? Top(out UInt128 time)
    {
        while (_tenants.TryPeek(out var lanes, out time))
        {
            if (time < lanes.Tenant.Time)
            {
                _tenants.DequeueEnqueue(lanes, lanes.Tenant.Time);
                continue;
            }

            if (lanes.Top() is { } lane) return lane;
            _tenants.Dequeue();
            _known.Remove(lanes.Tenant);
        }

        return null;
    }

    public void Forget()
    {
        IsForgotten = true;
        foreach (var lanes in _known.Values) lanes.Forget();
    }
}
