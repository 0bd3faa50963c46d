using Worcr.Core.Schedules;

namespace Worcr.Core.Rules;

/// <summary>Enqueues a job at the times of a cron expression.</summary>
/// <param name="Cron">Five or six fields (seconds first), or a name such as <c>@daily</c>.</param>
/// <param name="TimeZone">IANA name of the zone the expression speaks of.</param>
/// <param name="Job">UTF-8 JSON of the job to enqueue, as <c>POST /v1/jobs</c> takes it; it was checked.</param>
public sealed record ScheduleRule(string Cron, string TimeZone, byte[] Job) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Schedule;

    /// <summary>What happens to times that passed while nobody looked. Default: one job for all of them.</summary>
    public MissedRuns Missed { get; init; } = MissedRuns.Once;

    /// <summary>Whether a job is enqueued while the one of the last time is not finished.</summary>
    public RunOverlap Overlap { get; init; }

    /// <summary>Whether no job is enqueued.</summary>
    public bool IsPaused { get; init; }
}
