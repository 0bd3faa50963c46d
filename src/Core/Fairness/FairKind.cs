namespace Worcr.Core.Fairness;

/// <summary>The lanes that the same classes may serve: the root of their trie. A lane stands in one kind only, however many classes there are.</summary>
internal sealed class FairKind(object key, FairOrder order) : FairNode(order)
{
    public object Key { get; } = key;

    /// <summary>The kind's places in the classes that may serve it.</summary>
    public List<KindPlace> Places { get; } = [];

    /// <summary>Counts how often something in it could be served again.</summary>
    public int Openings { get; set; }

    /// <summary>
    /// Where a tenant starts that comes now: at the virtual time of those who serve the kind. Where nobody serves it while others go on, beside the
    /// first of those who wait there.
    /// </summary>
    public UInt128 Start()
    {
        if (Places.Count == 0) return Top(out _) is { } first ? UInt128.Min(Order.Now, first.Tenant.Time) : Order.Now;
        UInt128 start = 0;
        foreach (var place in Places) start = UInt128.Max(start, place.Class.Start(Order.Now));
        return start == 0 ? Order.Now : UInt128.Min(start, Order.Now);
    }

    /// <summary>Where a lane starts that comes now: at the virtual time of the tenant's lanes with those who serve the kind.</summary>
    public UInt128 LaneStart(FairTenant tenant)
    {
        if (Places.Count == 0) return tenant.LaneTime;
        UInt128 start = 0;
        foreach (var place in Places) start = UInt128.Max(start, place.Class.LaneStart(tenant));
        return start == 0 ? tenant.LaneTime : UInt128.Min(start, tenant.LaneTime);
    }

    /// <summary>A class comes that may serve the kind.</summary>
    public void Add(KindPlace place)
    {
        Places.Add(place);
        if (Places.Count == 1) Rejoin();
        else if (Bound is { } key) place.Class.Offer(place, key);
    }

    protected override void Announce(FairKey key)
    {
        foreach (var place in Places) place.Class.Offer(place, key);
    }
}
