namespace Worcr.Core.Fairness;

/// <summary>What a <see cref="FairStrategy"/> means: where tenants and lanes stand, and how far a job moves them. Also the virtual clock.</summary>
internal sealed class FairOrder(Random chance)
{
    /// <summary>How many of its own jobs a tenant or lane may have missed at closed gates and still catch up.</summary>
    private const double Patience = 64;

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
        _ => lane.Time,
    });

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
        time < now && now - time > (Strategy == FairStrategy.RoundRobin ? VirtualTime.Step(Patience, 1) : VirtualTime.Step(Patience, rate));
}
