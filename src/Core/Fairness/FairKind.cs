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

    /// <summary>A lower bound of where its first lane stands.</summary>
    public FairKey Bound => _tenants.TryPeek(out _, out var time) ? new FairKey(time, 0) : FairKey.Nowhere;

    public void Add(FairLane lane)
    {
        if (lane.IsQueued) return;
        if (!_known.TryGetValue(lane.Tenant, out var lanes))
        {
            _known.Add(lane.Tenant, lanes = new TenantLanes(lane.Tenant));
            _tenants.Enqueue(lanes, lane.Tenant.Time);
        }

        lanes.Add(lane);
        foreach (var place in Places) place.Offer(new FairKey(lane.Tenant.Time, lane.Time));
    }

    /// <summary>The lane to serve next, or null; <paramref name="key"/> is where it stands.</summary>
    public FairLane? Top(out FairKey key)
    {
        while (_tenants.TryPeek(out var lanes, out var time))
        {
            if (time < lanes.Tenant.Time)
            {
                _tenants.DequeueEnqueue(lanes, lanes.Tenant.Time);
                continue;
            }

            if (lanes.Top() is { } lane)
            {
                key = new FairKey(time, lane.Time);
                return lane;
            }

            _tenants.Dequeue();
            _known.Remove(lanes.Tenant);
        }

        key = FairKey.Nowhere;
        return null;
    }

    public void Forget()
    {
        IsForgotten = true;
        foreach (var lanes in _known.Values) lanes.Forget();
    }
}
