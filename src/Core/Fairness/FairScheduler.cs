namespace Worcr.Core.Fairness;

/// <summary>
/// Chooses the lane that a worker class serves next. The default is start-time fair queueing over tenants, and the same inside each tenant over its
/// lanes (P. Goyal, H. Vin, H. Cheng: "Start-time Fair Queueing", SIGCOMM 1996), with weights: the eligible tenant with the smallest
/// virtual time is served next; serving a job of cost c moves its virtual time by c / (share x weight). A tenant that becomes active starts at
/// the current virtual time, so it neither hoards credit nor is punished; when everything is done, nobody owes anything. The other strategies
/// (<see cref="FairStrategy"/>) use other keys in the same tournaments.
/// <code>
///   class: a tournament of kinds -> kind: a trie of gates, each node one -> stall: one tenant's lanes there, one
/// </code>
/// Every operation costs O(log n) in tenants and lanes; turning a gate costs that for each list of gates up to it, see <see cref="FairGate"/>.
/// </summary>
public sealed partial class FairScheduler
{
    private static readonly object AllAlike = new();

    private readonly List<FairClass> _classes = [];
    private readonly FairOrder _order;
    private readonly FairForest _forest;

    /// <summary>Makes a scheduler without classes and lanes.</summary>
    /// <param name="chance">Seeded chance, for <see cref="FairStrategy.Random"/>.</param>
    public FairScheduler(Random chance)
    {
        _order = new FairOrder(chance);
        _forest = new FairForest(_order);
    }

    /// <summary>How the next lane is chosen. <see cref="Switch"/> changes it.</summary>
    public FairStrategy Strategy => _order.Strategy;

    /// <summary>How many lanes are active, those behind closed gates included.</summary>
    public int ActiveLanes { get; private set; }

    /// <summary>Adds a worker class and offers it the active lanes.</summary>
    /// <param name="eligible">Whether the class may run jobs of a kind's lanes. Asked once a kind.</param>
    /// <param name="factor">How much more a kind's lanes weigh for the class, above 0; counts in <see cref="FairStrategy.Strict"/> only. Asked once a kind. Default: 1.</param>
    public FairClass AddClass(Func<object, bool> eligible, Func<object, double>? factor = null)
    {
        var added = new FairClass(eligible, factor, _order);
        _classes.Add(added);
        foreach (var kind in _forest.Kinds) added.Introduce(kind);
        return added;
    }

    /// <summary>Removes a worker class.</summary>
    public void RemoveClass(FairClass removed)
    {
        if (!_classes.Remove(removed)) return;
        foreach (var kind in _forest.Kinds) kind.Places.RemoveAll(p => ReferenceEquals(p.Class, removed));
    }

    /// <summary>Says where a lane stands; at any time, and again when rules have changed. A lane that was never placed stands in a kind for itself and its like, behind no gate.</summary>
    /// <param name="lane">The lane, active or not.</param>
    /// <param name="kind">Lanes of equal kind may be served by the same classes, and weigh as much more for each.</param>
    /// <param name="gates">All of them have to be open for the lane to be chosen. In any order.</param>
    public void Place(FairLane lane, object kind, params ReadOnlySpan<FairGate> gates)
    {
        var root = _forest.KindOf(kind, out var isNew);
        if (isNew)
        {
            foreach (var workers in _classes) workers.Introduce(root);
        }

        FairGate[] ordered = [.. gates];
        if (ordered.Length > 1) Array.Sort(ordered, FairGate.Compare);
        Put(lane, _forest.StallOf(root, WithoutRepeats(ordered), lane.Tenant));
    }

    /// <summary>Forgets a lane. Whatever was placed has to be removed some day: places are kept for lanes that are not active, too.</summary>
    public void Remove(FairLane lane)
    {
        Deactivate(lane);
        Leave(lane.Stall);
        lane.Stall = null;
    }

    /// <summary>The lane has a job that may run now. Nothing happens when it was active.</summary>
    public void Activate(FairLane lane)
    {
        if (lane.IsActive) return;
        if (lane.Stall is null) Place(lane, AllAlike);
        var stall = lane.Stall!;
        Start(lane, stall.Kind);
        lane.IsActive = true;
        ActiveLanes++;
        lane.Tenant.ActiveLanes++;
        stall.Count(+1);
        stall.Add(lane);
    }

    /// <summary>The lane has nothing to run now. Nothing happens when it was not active.</summary>
    public void Deactivate(FairLane lane)
    {
        if (!lane.IsActive) return;
        lane.IsActive = false;
        lane.Stall!.Remove(lane);
        lane.Stall.Count(-1);
        var tenant = lane.Tenant;
        if (--tenant.ActiveLanes == 0) (tenant.LaneTime, tenant.Credit) = (tenant.LastLaneTime, 0);
        if (--ActiveLanes == 0) _order.Now = _order.Last;
    }

    private static ReadOnlySpan<FairGate> WithoutRepeats(FairGate[] ordered)
    {
        var kept = 0;
        foreach (var gate in ordered)
        {
            if (kept == 0 || !ReferenceEquals(ordered[kept - 1], gate)) ordered[kept++] = gate;
        }

        return ordered.AsSpan(0, kept);
    }

    private void Put(FairLane lane, FairStall stall)
    {
        if (ReferenceEquals(lane.Stall, stall)) return;
        var wasActive = lane.IsActive;
        Deactivate(lane);
        var left = lane.Stall;
        lane.Stall = stall;
        stall.Lanes++;
        Leave(left);
        if (wasActive) Activate(lane);
    }

    private void Leave(FairStall? stall)
    {
        if (stall is not null && --stall.Lanes == 0) _forest.Forget(stall);
    }
}
