using System.Text.Json;

namespace Worcr.Grains.Schedules;

/// <summary>What a schedule has done: a resource beside its rule, written in the flush of the jobs that it speaks of.</summary>
/// <param name="Last">Every time up to this one is dealt with, Unix milliseconds.</param>
/// <param name="Life">A random number of this schedule's life: one that is made anew under the same name has other occurrences.</param>
/// <param name="LastRun">The last time for which a job was enqueued, Unix milliseconds; 0: none yet.</param>
/// <param name="LastJob">That job, or null.</param>
internal sealed record ScheduleState(long Last, long Life, long LastRun = 0, Guid? LastJob = null)
{
    /// <summary>The kind of the resource.</summary>
    public const string Kind = "schedulestate";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static ScheduleState Decode(byte[] body) => JsonSerializer.Deserialize<ScheduleState>(body)!;
}
