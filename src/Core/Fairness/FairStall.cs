namespace Worcr.Core.Fairness;

/// <summary>One tenant's lanes of one kind behind the same gates. Its lanes' keys are always exact.</summary>
internal sealed class FairStall(FairNode node, FairTenant tenant, FairOrder order) : FairBranch(node)
{
    private FairTournament<LaneKey, FairLane> _lanes;
    private UInt128 _floor;
    private int _openings;

    public FairNode Node => Parent!;

    public FairTenant Tenant { get; } = tenant;

    /// <summary>The tenant's other stalls.</summary>
    public FairStall? Next { get; set; }

    public FairStall? Previous { get; set; }

    /// <summary>Lanes that were placed here, active or not.</summary>
    public int Lanes { get; set; }

    public ReadOnlySpan<(LaneKey Key, FairLane Item)> ActiveLanes => _lanes.Entries;

    public override FairLane? Top(out FairKey key)
    {
        if (_lanes.Count == 0)
        {
            key = default;
            return null;
        }

        LiftIfLongAway();
        key = Key;
        return _lanes.Top;
    }

    public void Add(FairLane lane)
    {
        _lanes.Add(lane, order.KeyOf(lane));
        if (_lanes.IsTop(lane)) Offer();
    }

    public void Remove(FairLane lane) => _lanes.Remove(lane);

    /// <summary>The lane's key may have changed.</summary>
    public void Update(FairLane lane)
    {
        if (lane.Index < 0) return;
        _lanes.Move(lane, order.KeyOf(lane));
        if (_lanes.IsTop(lane)) Offer();
    }

    public void Offer()
    {
        if (_lanes.Count > 0) Node.Offer(this, Key);
    }

    /// <summary>Where a lane starts when it is served now.</summary>
    public UInt128 StartOf(FairLane lane) => UInt128.Max(lane.Time, _floor);

    /// <summary>Another strategy: all lanes get their keys anew.</summary>
    public void Reset()
    {
        FairLane[] lanes = [.. _lanes.Entries.ToArray().Select(e => e.Item)];
        _lanes.Clear();
        _floor = 0;
        foreach (var lane in lanes) _lanes.Add(lane, order.KeyOf(lane));
    }

    private FairKey Key
    {
        get
        {
            var lane = _lanes.TopKey.Value;
            return new FairKey(order.KeyOf(Tenant), lane < _floor ? _floor : lane);
        }
    }

    /// <summary>Lanes that waited for a gate for long, while others of the tenant went on, do not take everything when it opens.</summary>
    private void LiftIfLongAway()
    {
        var kind = Node.Kind;
        if (_openings == kind.Openings) return;
        _openings = kind.Openings;
        if (!order.HasLaneTimes) return;
        var first = _lanes.Top;
        if (!order.WasLongAway(StartOf(first), Tenant.LaneTime, first.HeadWeight)) return;
        var start = kind.LaneStart(Tenant);
        if (order.WasLongAway(StartOf(first), start, first.HeadWeight)) _floor = start;
    }
}
