namespace Worcr.Protocol;

/// <summary>What holds for a namespace as a whole: <c>/v1/settings</c>. A PUT replaces all of it; what is absent is at its default.</summary>
public sealed record SettingsBody
{
    /// <summary>How the next job is chosen: <c>fair</c>, <c>fifo</c>, <c>round-robin</c>, <c>least-running</c>, <c>random</c> or <c>strict</c>. Default: fair.</summary>
    public string? Fairness { get; init; }

    /// <summary>What a job costs its tenant: <c>job</c> (all the same) or <c>runtime</c>. Default: job.</summary>
    public string? Charge { get; init; }

    /// <summary>How long finished jobs are kept, at least 1h. Default: the silo's <c>WORCR_RETENTION</c>.</summary>
    public Duration? Retention { get; init; }

    /// <summary>How long dead jobs are kept, at least 1h and at most as long as the others. Default: as long as the others.</summary>
    public Duration? DeadRetention { get; init; }

    /// <summary>How many dead jobs are kept, the newest ones, 1 to 10,000,000. Default: 100,000.</summary>
    public int? MaxDead { get; init; }
}
