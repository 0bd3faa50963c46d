namespace Worcr.Core.Fairness;

/// <summary>
/// A node of a kind's trie over lists of gates, the most general gate first: below it stand all lanes whose list begins with the gates from the root
/// to here. Keys in its tournament are lower bounds (what moves on is mended when it reaches the top; what moves forward is offered at once).
/// A node whose gate is closed is taken out of its tournament only when it reaches the top; so a gate that opens again soon costs next to nothing.
/// </summary>
internal class FairNode : FairBranch
{
    private readonly FairOrder _order;
    private FairTournament<FairKey, FairBranch> _branches;
    private UInt128 _floor;

    /// <summary>A node below another.</summary>
    public FairNode(FairNode parent, FairGate gate)
        : base(parent) => (_order, Kind, Gate) = (parent._order, parent.Kind, gate);

    /// <summary>A root.</summary>
    protected FairNode(FairOrder order)
        : base(null) => (_order, Kind) = (order, (FairKind)this);

    public FairKind Kind { get; }

    /// <summary>What lanes below have to pass; null at the root.</summary>
    public FairGate? Gate { get; }

    /// <summary>Its place among the nodes of its gate.</summary>
    public int GateIndex { get; set; }

    /// <summary>Nodes and stalls below, empty ones too.</summary>
    public int Branches { get; set; }

    protected FairKey? Bound => _branches.Count == 0 ? null : _branches.TopKey.NotBefore(_floor);

    public override FairLane? Top(out FairKey key)
    {
        while (_branches.Count > 0 && Gate is not { IsOpen: false })
        {
            var branch = _branches.Top;
            if (branch.Top(out key) is not { } lane)
            {
                _branches.Remove(branch);
                continue;
            }

            if (_branches.TopKey.IsBefore(key)) _branches.Move(branch, key);
            if (!_branches.IsTop(branch)) continue;
            key = key.NotBefore(_floor);
            return lane;
        }

        key = default;
        return null;
    }

    /// <summary>Below, a lane has come to stand at <paramref name="key"/>.</summary>
    public void Offer(FairBranch branch, FairKey key)
    {
        if (branch.Index < 0) _branches.Add(branch, key);
        else if (key.IsBefore(_branches.KeyOf(branch))) _branches.Move(branch, key);
        else return;
        if (_branches.IsTop(branch)) Announce(key.NotBefore(_floor));
    }

    public void Drop(FairBranch branch)
    {
        if (branch.Index >= 0) _branches.Remove(branch);
    }

    /// <summary>The gate was opened, or somebody serves the kind again.</summary>
    public void Rejoin()
    {
        Kind.Openings++;
        if (Index < 0 && _order.HasTenantTimes && Top(out var key) is { } lane) LiftIfLongAway(key.Tenant, lane.Tenant.Share * lane.HeadWeight);
        if (Bound is { } bound) Announce(bound);
    }

    /// <summary>Where a tenant that stands here starts when it is served now.</summary>
    public UInt128 StartOf(FairTenant tenant)
    {
        var start = tenant.Time;
        for (var node = this; node is not null; node = node.Parent) start = UInt128.Max(start, node._floor);
        return start;
    }

    public void Count(int lanes)
    {
        for (var node = this; node.Gate is { } gate; node = node.Parent!) gate.ActiveLanes += lanes;
    }

    /// <summary>Another strategy: everything will be offered anew.</summary>
    public void Reset()
    {
        _branches.Clear();
        _floor = 0;
    }

    /// <summary>Tells those above.</summary>
    protected virtual void Announce(FairKey key)
    {
        if (Gate!.IsOpen) Parent!.Offer(this, key);
    }

    /// <summary>Tenants that waited for long, while others went on, do not take everything now.</summary>
    private void LiftIfLongAway(UInt128 time, double rate)
    {
        if (!_order.WasLongAway(time, _order.Now, rate)) return;
        var start = Kind.Start();
        if (_order.WasLongAway(time, start, rate)) _floor = start;
    }
}
