namespace Worcr.Core.Fairness;

/// <summary>What a <see cref="FairStrategy"/> means: where tenants and lanes stand, and how far a job moves them. Also the virtual clock.</summary>
internal sealed class FairOrder(Random chance)
{
    /// <summary>How many of its own jobs a tenant or lane may have missed at closed gates and still catch up.</summary>
    private const double Patience = 64;

    private readonly Stack<int> _freeSlots = new();
    private UInt128[] _times = new UInt128[16];
    private int _slots;

    public FairStrategy Strategy { get; set; }

    /// <summary>The current virtual time: the latest at which a job started.</summary>
    public UInt128 Now { get; set; }

    /// <summary>The latest virtual time any tenant has come to.</summary>
    public UInt128 Last { get; set; }

    /// <summary>Whether tenants stand by their virtual time.</summary>
    public bool HasTenantTimes => Strategy is FairStrategy.Fair or FairStrategy.RoundRobin or FairStrategy.Random;

    /// <summary>Whether the lanes of a tenant stand by their virtual time.</summary>
    public bool HasLaneTimes => HasTenantTimes || Strategy == FairStrategy.LeastRunning;

    public UInt128 KeyOf(FairTenant tenant) => Strategy switch
    {
        FairStrategy.LeastRunning => RankKey.Least(tenant.Running / tenant.Share, tenant.Time),
        FairStrategy.Fifo or FairStrategy.Strict => 0,
        _ => tenant.Time,
    };

    public LaneKey KeyOf(FairLane lane) => new(Strategy switch
    {
        FairStrategy.Fifo => RankKey.Earliest(lane.Head),
        FairStrategy.Strict => RankKey.Heaviest(lane.HeadWeight, lane.Head),
        _ => lane.Time + (lane.IsBlind ? 1U : 0),
    });

    /// <summary>A tenant gets its first stall: its time can be read by its slot from now on, side by side with all others, without looking at the tenant.</summary>
    public void Enter(FairTenant tenant)
    {
        tenant.Slot = _freeSlots.TryPop(out var free) ? free : _slots++;
        if (tenant.Slot == _times.Length) Array.Resize(ref _times, _times.Length * 2);
        _times[tenant.Slot] = tenant.Time;
    }

    /// <summary>Its last stall is gone.</summary>
    public void Leave(FairTenant tenant)
    {
        _freeSlots.Push(tenant.Slot);
        tenant.Slot = -1;
    }

    /// <summary>A tenant has come to another time.</summary>
    public void SetTime(FairTenant tenant, UInt128 time)
    {
        tenant.Time = time;
        if (tenant.Slot >= 0) _times[tenant.Slot] = time;
    }

    /// <summary>Whether the tenant of a slot is beyond a key by now; then <paramref name="key"/> becomes where it stands at the earliest.</summary>
    public bool HasMovedOn(int slot, ref FairKey key)
    {
        if (slot < 0 || !HasTenantTimes) return false;
        var time = _times[slot];
        if (time <= key.Tenant) return false;
        key = new FairKey(time, key.Lane);
        return true;
    }

    /// <summary>The key as a class sees it to whom the lane's weight counts <paramref name="factor"/> times.</summary>
    public FairKey ForClass(FairKey key, double factor) =>
        Strategy == FairStrategy.Strict ? new FairKey(key.Tenant, RankKey.Heavier(key.Lane, factor)) : key;

    /// <summary>How far a job moves whoever is served at the given rate.</summary>
    public UInt128 Step(double cost, double rate) => Strategy switch
    {
        FairStrategy.RoundRobin => VirtualTime.Step(1, 1),
        FairStrategy.Random => VirtualTime.Step(cost * -Math.Log(1 - chance.NextDouble()), rate),
        _ => VirtualTime.Step(cost, rate),
    };

    /// <summary>How far after the current time somebody starts who comes anew.</summary>
    public UInt128 FirstStep(double rate) => Strategy == FairStrategy.Random ? Step(1, rate) : 0;

    /// <summary>Whether somebody at <paramref name="time"/> has missed more than may be caught up.</summary>
    public bool WasLongAway(UInt128 time, UInt128 now, double rate) =>
        time < now && VirtualTime.Difference(now, time) > (Strategy == FairStrategy.RoundRobin ? Patience : VirtualTime.Distance(Patience, rate));
}
