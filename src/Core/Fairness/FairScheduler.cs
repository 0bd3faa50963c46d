namespace Worcr.Core.Fairness;

/// <summary>
/// Start-time fair queueing over tenants, and the same inside each tenant over its lanes (P. Goyal, H. Vin, H. Cheng: "Start-time Fair
/// Queueing", SIGCOMM 1996), with weights. The eligible tenant with the smallest virtual time is served next; serving a job of cost c
/// moves its virtual time by c / (share x weight). A tenant that becomes active starts at the current virtual time, so it neither hoards
/// credit nor is punished; when everything is done, nobody owes anything. Every operation costs O(log n) in tenants and lanes.
/// </summary>
public sealed class FairScheduler
{
    private const int FewKinds = 64;

    private readonly List<FairClass> _classes = [];
    private readonly Dictionary<object, FairKind> _kinds = [];
    private int _sweepAt = FewKinds;
    private UInt128 _now;
    private UInt128 _last;

    /// <summary>How many lanes are active.</summary>
    public int ActiveLanes { get; private set; }

    /// <summary>Adds a worker class and offers it the active lanes.</summary>
    /// <param name="eligible">Whether the class may run jobs of a lane: the same for all lanes of equal <see cref="FairLane.Kind"/>, and for ever.</param>
    public FairClass AddClass(Func<FairLane, bool> eligible)
    {
        var added = new FairClass(eligible);
        _classes.Add(added);
        foreach (var kind in _kinds.Values) Introduce(kind, added);
        return added;
    }

    /// <summary>Removes a worker class.</summary>
    public void RemoveClass(FairClass removed)
    {
        if (!_classes.Remove(removed)) return;
        foreach (var kind in _kinds.Values) kind.Places.RemoveAll(p => ReferenceEquals(p.Class, removed));
    }

    /// <summary>The lane has a job that may run now. Nothing happens when it was active.</summary>
    public void Activate(FairLane lane)
    {
        if (lane.IsActive) return;
        lane.IsActive = true;
        ActiveLanes++;
        var tenant = lane.Tenant;
        var kind = KindOf(lane);
        if (tenant.ActiveLanes++ == 0) tenant.Time = UInt128.Max(tenant.Time, StartIn(kind));
        lane.Time = UInt128.Max(lane.Time, tenant.LaneTime);
        kind.ActiveLanes++;
        kind.Add(lane);
    }

    /// <summary>The lane has nothing to run now: it is empty, or parked. Nothing happens when it was not active.</summary>
    public void Deactivate(FairLane lane)
    {
        if (!lane.IsActive) return;
        lane.IsActive = false;
        lane.Home!.ActiveLanes--;
        var tenant = lane.Tenant;
        if (--tenant.ActiveLanes == 0) tenant.LaneTime = tenant.LastLaneTime;
        if (--ActiveLanes == 0) _now = _last;
    }

    /// <summary>Accounts for one job taken from a lane.</summary>
    /// <param name="lane">The lane, as chosen.</param>
    /// <param name="cost">1, or the run time.</param>
    /// <param name="weight">The job's effective weight.</param>
    public void Charge(FairLane lane, double cost, double weight)
    {
        var tenant = lane.Tenant;
        _now = UInt128.Max(_now, tenant.Time);
        tenant.LaneTime = UInt128.Max(tenant.LaneTime, lane.Time);
        tenant.Time += VirtualTime.Step(cost, tenant.Share * weight);
        lane.Time += VirtualTime.Step(cost, weight);
        _last = UInt128.Max(_last, tenant.Time);
        tenant.LastLaneTime = UInt128.Max(tenant.LastLaneTime, lane.Time);
    }

    /// <summary>
    /// Where a tenant starts: at the current virtual time; or, where nobody serves the kind for now while others go on, beside the first of
    /// those who wait there.
    /// </summary>
    private UInt128 StartIn(FairKind kind) => kind.Top(out var first) is null ? _now : UInt128.Min(_now, first.Tenant);

    private static void Introduce(FairKind kind, FairClass workers)
    {
        if (!workers.IsEligible(kind.Sample)) return;
        var place = new KindPlace(workers, kind);
        kind.Places.Add(place);
        place.Offer(kind.Bound);
    }

    private FairKind KindOf(FairLane lane)
    {
        if (lane.Home is { IsForgotten: false } home) return home;
        if (_kinds.TryGetValue(lane.Kind, out var kind)) return lane.Home = kind;
        if (_kinds.Count >= _sweepAt) Sweep();
        _kinds.Add(lane.Kind, kind = new FairKind(lane));
        foreach (var workers in _classes) Introduce(kind, workers);
        return lane.Home = kind;
    }

    /// <summary>Forgets the kinds that have no active lane, each time their number has doubled.</summary>
    private void Sweep()
    {
        foreach (var (key, kind) in _kinds)
        {
            if (kind.ActiveLanes > 0) continue;
            kind.Forget();
            _kinds.Remove(key);
        }

        foreach (var workers in _classes) workers.Rebuild(_kinds.Values);
        _sweepAt = Math.Max(FewKinds, _kinds.Count * 2);
    }
}
