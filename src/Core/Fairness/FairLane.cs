namespace Worcr.Core.Fairness;

/// <summary>A lane as the scheduler sees it: it may be chosen while it is active and its gates are open.</summary>
public abstract class FairLane(FairTenant tenant) : FairEntry
{
    private FairLaneExtra? _extra;

    /// <summary>On whose behalf.</summary>
    public FairTenant Tenant { get; } = tenant;

    /// <summary>Whether it has a job that may run now.</summary>
    public bool IsActive { get; internal set; }

    /// <summary>The sequence number of its first ready job, as <see cref="FairScheduler.HeadIs(FairLane, long)"/> said.</summary>
    public long Head
    {
        get => _extra?.Head ?? 0;
        internal set => Extra.Head = value;
    }

    /// <summary>Its first job's weight x urgency, as <see cref="FairScheduler.HeadIs(FairLane, long, double)"/> said. Default: 1.</summary>
    public double HeadWeight
    {
        get => _extra?.HeadWeight ?? 1;
        internal set => Extra.HeadWeight = value;
    }

    /// <summary>Whether it is active although it is not known what it would run, see <see cref="FairScheduler.IsBlind"/>.</summary>
    internal bool IsBlind { get; set; }

    internal UInt128 Time { get; set; }

    /// <summary>What it was charged too much: its next steps use that up first.</summary>
    internal UInt128 Credit
    {
        get => _extra?.Credit ?? 0;
        set
        {
            if (value > 0 || _extra is not null) Extra.Credit = value;
        }
    }

    /// <summary>Where it stands, or null: it was not placed, or removed.</summary>
    internal FairStall? Stall { get; set; }

    private FairLaneExtra Extra => _extra ??= new FairLaneExtra();
}
