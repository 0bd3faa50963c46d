namespace Worcr.Core.Fairness;

/// <summary>A lane as the scheduler sees it: it may be chosen while it is active.</summary>
public abstract class FairLane(FairTenant tenant)
{
    /// <summary>On whose behalf.</summary>
    public FairTenant Tenant { get; } = tenant;

    /// <summary>Whether it has a job that may run now.</summary>
    public bool IsActive { get; internal set; }

    internal UInt128 Time { get; set; }

    internal ClassSet Queued { get; } = new();
}
