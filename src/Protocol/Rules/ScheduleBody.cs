namespace Worcr.Protocol;

/// <summary>Enqueues a job at the times of a cron expression: the body of <c>PUT /v1/schedules/{name}</c>.</summary>
public record ScheduleBody : ResourceBody
{
    /// <summary>Five or six fields (seconds first), or a name such as <c>@daily</c>.</summary>
    public required string Cron { get; init; }

    /// <summary>IANA name of the time zone that the expression speaks of. Default: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The job, as <c>POST /v1/jobs</c> takes it, without <c>id</c>, <c>runAt</c>, <c>delay</c> and <c>expiresAt</c>.</summary>
    public required RawJson Job { get; init; }

    /// <summary>What happens to times that passed while nobody looked: <c>skip</c>, <c>once</c> or <c>all</c>. Default: once.</summary>
    public string? Missed { get; init; }

    /// <summary>Whether a job is enqueued while that of the last time is not finished: <c>allow</c> or <c>skip</c>. Default: allow.</summary>
    public string? Overlap { get; init; }

    /// <summary>Whether no job is enqueued. Default: false.</summary>
    public bool? Paused { get; init; }
}
