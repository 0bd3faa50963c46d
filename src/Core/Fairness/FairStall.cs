namespace Worcr.Core.Fairness;

/// <summary>One tenant's lanes of one kind behind the same gates. Its lanes' keys are always exact.</summary>
internal sealed class FairStall(FairNode parent, FairStep[] steps, FairTenant tenant, FairOrder order) : FairBranch(parent, order, steps)
{
    private FairTournament<LaneKey, FairLane> _lanes;
    private int _openings;

    public override FairKind Kind => Parent!.Kind;

    public override int Slot => Tenant.Slot;

    public FairTenant Tenant { get; } = tenant;

    /// <summary>The tenant's other stalls.</summary>
    public FairStall? Next { get; set; }

    public FairStall? Previous { get; set; }

    /// <summary>Lanes that were placed here, active or not.</summary>
    public int Lanes { get; set; }

    /// <summary>Whether its lanes are passed over, see <see cref="FairScheduler.Hold"/>.</summary>
    public bool IsHeld { get; set; }

    public FairLane[] ActiveLanes => _lanes.Items;

    public override FairLane? Top(out FairKey key)
    {
        if (_lanes.Count == 0 || !IsOpen)
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
        _lanes.Add(lane, Order.KeyOf(lane));
        if (_lanes.IsTop(lane)) Offer();
    }

    public void Remove(FairLane lane) => _lanes.Remove(lane);

    /// <summary>The lane's key may have changed, and its tenant's.</summary>
    public void Update(FairLane lane)
    {
        if (lane.Index < 0) return;
        _lanes.Move(lane, Order.KeyOf(lane));
        if (IsOpen) Parent!.Follow(this, Key);
    }

    public override void Offer()
    {
        if (_lanes.Count > 0 && IsOpen) Parent!.Offer(this, Key);
    }

    public override void FetchAhead()
    {
        CacheAhead.FetchObject(Tenant);
        if (_lanes.Count > 0) CacheAhead.FetchObject(_lanes.Top);
    }

    /// <summary>The lane that comes next, or null.</summary>
    public FairLane? First => _lanes.Count == 0 ? null : _lanes.Top;

    /// <summary>The lanes that come next, about, and no more than <paramref name="most"/>.</summary>
    public FairLane[] Leading(int most) => _lanes.Leading(most);

    /// <summary>Where a lane starts when it is served now.</summary>
    public UInt128 StartOf(FairLane lane) => Lift is { } lift ? UInt128.Max(lane.Time, lift.Lane) : lane.Time;

    /// <summary>Another strategy: all lanes get their keys anew.</summary>
    public void Reset()
    {
        var lanes = _lanes.Items;
        _lanes.Clear();
        Lift = null;
        foreach (var lane in lanes) _lanes.Add(lane, Order.KeyOf(lane));
    }

    private bool IsOpen => Closed == 0 && !IsHeld;

    private FairKey Key
    {
        get
        {
            var (tenant, lane) = (Order.KeyOf(Tenant), _lanes.TopKey.Value);
            return Lift is { } lift ? new FairKey(UInt128.Max(tenant, lift.Tenant), UInt128.Max(lane, lift.Lane)) : new FairKey(tenant, lane);
        }
    }

    /// <summary>Lanes that waited for a gate for long, while others of the tenant went on, do not take everything when it opens.</summary>
    private void LiftIfLongAway()
    {
        var kind = Kind;
        if (_openings == kind.Openings) return;
        _openings = kind.Openings;
        if (!Order.HasLaneTimes) return;
        var first = _lanes.Top;
        if (!Order.WasLongAway(StartOf(first), Tenant.LaneTime, first.HeadWeight)) return;
        var start = kind.LaneStart(Tenant);
        if (Order.WasLongAway(StartOf(first), start, first.HeadWeight)) (Lift ??= new FairLift()).Lane = start;
    }
}
