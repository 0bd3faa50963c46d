namespace Worcr.Core.Fairness;

/// <summary>A lane as the scheduler sees it: it may be chosen while it is active.</summary>
public abstract class FairLane(FairTenant tenant)
{
    private static readonly object AllAlike = new();

    /// <summary>On whose behalf.</summary>
    public FairTenant Tenant { get; } = tenant;

    /// <summary>Lanes of equal kind may be served by the same worker classes. Must not change. Default: all are alike.</summary>
    public virtual object Kind => AllAlike;

    /// <summary>Whether it has a job that may run now.</summary>
    public bool IsActive { get; internal set; }

    internal UInt128 Time { get; set; }

    /// <summary>The kind where it was active last, or null.</summary>
    internal FairKind? Home { get; set; }

    /// <summary>Whether it stands in the heap of its tenant's lanes of its kind; an inactive lane may.</summary>
    internal bool IsQueued { get; set; }
}
