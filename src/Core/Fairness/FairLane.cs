namespace Worcr.Core.Fairness;

/// <summary>A lane as the scheduler sees it: it may be chosen while it is active and its gates are open.</summary>
public abstract class FairLane(FairTenant tenant) : FairEntry
{
    /// <summary>On whose behalf.</summary>
    public FairTenant Tenant { get; } = tenant;

    /// <summary>Whether it has a job that may run now.</summary>
    public bool IsActive { get; internal set; }

    /// <summary>The sequence number of its first ready job, as <see cref="FairScheduler.HeadIs(FairLane, long)"/> said.</summary>
    public long Head { get; internal set; }

    /// <summary>Its first job's weight x urgency, as <see cref="FairScheduler.HeadIs(FairLane, long, double)"/> said. Default: 1.</summary>
    public double HeadWeight { get; internal set; } = 1;

    internal UInt128 Time { get; set; }

    /// <summary>What it was charged too much: its next steps use that up first.</summary>
    internal UInt128 Credit { get; set; }

    /// <summary>Where it stands, or null: it was not placed, or removed.</summary>
    internal FairStall? Stall { get; set; }
}
