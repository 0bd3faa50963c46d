namespace Worcr.Core.Fairness;

/// <summary>Who has come how far.</summary>
public sealed partial class FairScheduler
{
    /// <summary>Another strategy from now on. Nobody owes anything then: all active tenants and lanes start together.</summary>
    public void Switch(FairStrategy strategy)
    {
        if (strategy == _order.Strategy) return;
        _order.Strategy = strategy;
        _order.Now = _order.Last;
        foreach (var workers in _classes) workers.Reset();
        foreach (var node in _forest.Nodes) node.Reset();
        foreach (var stall in _forest.Stalls) StartAnew(stall);
        foreach (var stall in _forest.Stalls) stall.Offer();
    }

    /// <summary>Accounts for one job taken from a lane; <see cref="Ended"/> tells when it is over.</summary>
    /// <param name="lane">The lane, as chosen.</param>
    /// <param name="cost">1, or the run time as far as it is known.</param>
    /// <param name="weight">The job's effective weight.</param>
    public void Charge(FairLane lane, double cost, double weight)
    {
        var tenant = lane.Tenant;
        var (start, laneStart) = lane.Stall is { } stall ? (stall.StartOf(tenant), stall.StartOf(lane)) : (tenant.Time, lane.Time);
        _order.Now = UInt128.Max(_order.Now, start);
        tenant.LaneTime = UInt128.Max(tenant.LaneTime, laneStart);
        tenant.Running++;
        var (step, laneStep) = (_order.Step(cost, tenant.Share * weight), _order.Step(cost, weight));
        var (free, laneFree) = (UInt128.Min(step, tenant.Credit), UInt128.Min(laneStep, lane.Credit));
        (tenant.Credit, lane.Credit) = (tenant.Credit - free, lane.Credit - laneFree);
        Move(lane, start + (step - free), laneStart + (laneStep - laneFree));
    }

    /// <summary>
    /// A job that was charged has cost more or less. Virtual time never goes back: what was charged too much is a credit that the tenant's and
    /// the lane's next steps use up, and that is forgotten when the tenant has nothing to do.
    /// </summary>
    /// <param name="lane">The lane it came from.</param>
    /// <param name="delta">True cost less charged cost.</param>
    /// <param name="weight">The weight it was charged with.</param>
    public void Correct(FairLane lane, double delta, double weight)
    {
        if (_order.Strategy == FairStrategy.RoundRobin) return;
        var tenant = lane.Tenant;
        var (step, laneStep) = (VirtualTime.Step(Math.Abs(delta), tenant.Share * weight), VirtualTime.Step(Math.Abs(delta), weight));
        if (delta > 0) Move(lane, tenant.Time + step, lane.Time + laneStep);
        else if (tenant.ActiveLanes > 0) (tenant.Credit, lane.Credit) = (tenant.Credit + step, lane.Credit + laneStep);
    }

    /// <summary>A job runs that was charged to an earlier scheduler.</summary>
    public static void Resumed(FairTenant tenant) => tenant.Running++;

    /// <summary>A job that was charged or resumed runs no longer.</summary>
    public void Ended(FairTenant tenant)
    {
        tenant.Running--;
        if (_order.Strategy == FairStrategy.LeastRunning) tenant.OfferAll();
    }

    /// <summary>Which job is the lane's first.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="seq">The job's sequence number; it may be smaller than before, when a job comes back.</param>
    public void HeadIs(FairLane lane, long seq) => HeadIs(lane, seq, lane.HeadWeight);

    /// <inheritdoc cref="HeadIs(FairLane, long)"/>
    /// <param name="lane">The lane.</param>
    /// <param name="seq">The job's sequence number.</param>
    /// <param name="weight">Its weight x urgency, above 0.</param>
    public void HeadIs(FairLane lane, long seq, double weight)
    {
        (lane.Head, lane.HeadWeight) = (seq, weight);
        if (_order.Strategy is FairStrategy.Fifo or FairStrategy.Strict) lane.Stall?.Update(lane);
    }

    private void Move(FairLane lane, UInt128 time, UInt128 laneTime)
    {
        var tenant = lane.Tenant;
        _order.SetTime(tenant, time);
        lane.Time = laneTime;
        _order.Last = UInt128.Max(_order.Last, time);
        tenant.LastLaneTime = UInt128.Max(tenant.LastLaneTime, laneTime);
        lane.Stall?.Update(lane);
    }

    /// <summary>A lane becomes active, and perhaps its tenant with it.</summary>
    private void Start(FairLane lane, FairKind kind)
    {
        var tenant = lane.Tenant;
        var start = tenant.ActiveLanes == 0 ? kind.Start() : 0;
        if (tenant.ActiveLanes == 0 && tenant.Time <= start) _order.SetTime(tenant, start + _order.FirstStep(tenant.Share * lane.HeadWeight));
        if (lane.Time > tenant.LaneTime) return;
        var laneStart = kind.LaneStart(tenant);
        if (lane.Time <= laneStart) (lane.Time, lane.Credit) = (laneStart + _order.FirstStep(lane.HeadWeight), 0);
    }

    private void StartAnew(FairStall stall)
    {
        var tenant = stall.Tenant;
        tenant.Credit = 0;
        tenant.LaneTime = tenant.LastLaneTime;
        foreach (var lane in stall.ActiveLanes)
        {
            _order.SetTime(tenant, _order.Now + _order.FirstStep(tenant.Share * lane.HeadWeight));
            (lane.Time, lane.Credit) = (tenant.LaneTime + _order.FirstStep(lane.HeadWeight), 0);
        }

        stall.Reset();
    }
}
