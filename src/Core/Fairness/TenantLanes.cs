namespace Worcr.Core.Fairness;

/// <summary>
/// One tenant's lanes of one kind, by virtual time. Keys in the heap are lower bounds (virtual times only grow), so a stale key is mended
/// when it reaches the top, and a lane that is not active any more is dropped there.
/// </summary>
internal sealed class TenantLanes(FairKind kind)
{
    private readonly PriorityQueue<FairLane, UInt128> _lanes = new();

    public FairKind Kind { get; } = kind;

    public int ActiveLanes { get; private set; }

    /// <summary>It has no active lane: the next one gets another object.</summary>
    public bool IsOver { get; private set; }

    public void Add(FairLane lane)
    {
        ActiveLanes++;
        if (lane.IsQueued) return;
        lane.IsQueued = true;
        _lanes.Enqueue(lane, lane.Time);
    }

    /// <summary>A lane is not active any more; whether that was the last.</summary>
    public bool Remove()
    {
        if (--ActiveLanes > 0) return false;
        IsOver = true;
        foreach (var (lane, _) in _lanes.UnorderedItems) lane.IsQueued = false;
        return true;
    }

    /// <summary>The active lane with the smallest virtual time.</summary>
    public FairLane Top()
    {
        while (true)
        {
            _lanes.TryPeek(out var lane, out var key);
            if (!lane!.IsActive)
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
    }
}
