namespace Worcr.Core.Fairness;

/// <summary>One tenant's lanes of one kind, by virtual time.</summary>
internal sealed class TenantLanes(FairTenant tenant)
{
    private readonly PriorityQueue<FairLane, UInt128> _lanes = new();

    public FairTenant Tenant { get; } = tenant;

    public void Add(FairLane lane)
    {
        lane.IsQueued = true;
        _lanes.Enqueue(lane, lane.Time);
    }

    /// <summary>The active lane with the smallest virtual time, or null.</summary>
    public FairLane? Top()
    {
        while (_lanes.TryPeek(out var lane, out var key))
        {
            if (!lane.IsActive)
            {
                _lanes.Dequeue();
                lane.IsQueued = false;
            }
            else if (key < lane.Time)
            {
                _lanes.DequeueEnqueue(lane, lane.Time);
            }
            else
            {
                return lane;
            }
        }

        return null;
    }

    public void Forget()
    {
        foreach (var (lane, _) in _lanes.UnorderedItems) lane.IsQueued = false;
    }
}
