namespace Worcr.Core.Schedules;

/// <summary>What happens to the times of a schedule that passed while nobody looked.</summary>
public enum MissedRuns
{
    /// <summary>Nothing.</summary>
    Skip,

    /// <summary>One job for all of them.</summary>
    Once,

    /// <summary>One job for each.</summary>
    All,
}
