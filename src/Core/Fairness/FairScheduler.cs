namespace Worcr.Core.Fairness;

/// <summary>
/// Start-time fair queueing over tenants, and the same inside each tenant over its lanes (P. Goyal, H. Vin, H. Cheng: "Start-time Fair
/// Queueing", SIGCOMM 1996), with weights. The eligible tenant with the smallest virtual time is served next; serving a job of cost c
/// moves its virtual time by c / (share x weight). A tenant that becomes active starts at the current virtual time, so it neither hoards
/// credit nor is punished; when everything is done, nobody owes anything. What an operation costs grows like the logarithm of tenants and
/// lanes, and does not depend on the number of worker classes.
/// </summary>
public sealed class FairScheduler
{
    private const int FewKinds = 64;

    private readonly TenantOrder _tenants = new();
    private readonly List<FairClass> _classes = [];
    private readonly Dictionary<object, FairKind> _kinds = [];
    private readonly Stack<int> _freeNumbers = new();
    private int _sweepAt = FewKinds;
    private UInt128 _now;
    private UInt128 _last;

    /// <summary>How many lanes are active.</summary>
    public int ActiveLanes { get; private set; }

    /// <summary>Adds a worker class.</summary>
    /// <param name="eligible">Whether the class may run jobs of a lane: the same for all lanes of equal <see cref="FairLane.Kind"/>, and for ever.</param>
    public FairClass AddClass(Func<FairLane, bool> eligible)
    {
        var added = new FairClass(eligible, _tenants);
        _classes.Add(added);
        foreach (var kind in _kinds.Values) added.Introduce(kind);
        return added;
    }

    /// <summary>Removes a worker class.</summary>
    public void RemoveClass(FairClass removed) => _classes.Remove(removed);

    /// <summary>The lane has a job that may run now. Nothing happens when it was active.</summary>
    public void Activate(FairLane lane)
    {
        if (lane.IsActive) return;
        lane.IsActive = true;
        ActiveLanes++;
        var tenant = lane.Tenant;
        var before = tenant.Kinds;
        lane.Time = UInt128.Max(lane.Time, tenant.LaneTime);
        HomeOf(lane).Add(lane);
        if (tenant.ActiveLanes++ == 0)
        {
            tenant.Time = UInt128.Max(tenant.Time, _now);
            _tenants.Add(tenant);
        }
        else if (tenant.Kinds != before)
        {
            _tenants.KindsChanged(tenant);
        }
    }

    /// <summary>The lane has nothing to run now: it is empty, or parked. Nothing happens when it was not active.</summary>
    public void Deactivate(FairLane lane)
    {
        if (!lane.IsActive) return;
        lane.IsActive = false;
        var tenant = lane.Tenant;
        var before = tenant.Kinds;
        if (lane.Home!.Remove()) lane.Home.Kind.Forget(tenant);
        if (--tenant.ActiveLanes == 0)
        {
            _tenants.Remove(tenant);
            tenant.LaneTime = tenant.LastLaneTime;
        }
        else if (tenant.Kinds != before)
        {
            _tenants.KindsChanged(tenant);
        }

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
        lane.Time += VirtualTime.Step(cost, weight);
        if (tenant.ActiveLanes > 0) _tenants.Remove(tenant);
        tenant.Time += VirtualTime.Step(cost, tenant.Share * weight);
        if (tenant.ActiveLanes > 0) _tenants.Add(tenant);
        _last = UInt128.Max(_last, tenant.Time);
        tenant.LastLaneTime = UInt128.Max(tenant.LastLaneTime, lane.Time);
    }

    private TenantLanes HomeOf(FairLane lane) =>
        lane.Home is { IsOver: false } home ? home : lane.Home = KindOf(lane).LanesOf(lane.Tenant);

    private FairKind KindOf(FairLane lane)
    {
        if (_kinds.TryGetValue(lane.Kind, out var kind)) return kind;
        if (_kinds.Count >= _sweepAt) Sweep();
        _kinds.Add(lane.Kind, kind = new FairKind(_freeNumbers.TryPop(out var free) ? free : _kinds.Count, lane));
        foreach (var workers in _classes) workers.Introduce(kind);
        return kind;
    }

    /// <summary>Forgets the kinds that have no active lane, each time their number has doubled.</summary>
    private void Sweep()
    {
        foreach (var (key, kind) in _kinds)
        {
            if (!kind.IsIdle) continue;
            _kinds.Remove(key);
            _freeNumbers.Push(kind.Number);
            foreach (var workers in _classes) workers.Forget(kind);
        }

        _sweepAt = Math.Max(FewKinds, _kinds.Count * 2);
    }
}
