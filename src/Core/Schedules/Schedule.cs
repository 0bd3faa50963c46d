namespace Worcr.Core.Schedules;

/// <summary>
/// A schedule and its decisions. It keeps nothing: the last time that was dealt with is an argument. A schedule that is new or was edited begins at that
/// moment: <c>last</c> is then the time of the edit, so that no time is called missed that it did not have before, or that passed while it was paused.
/// </summary>
/// <param name="Cron">The times.</param>
/// <param name="Zone">The zone they are in.</param>
public sealed record Schedule(CronExpression Cron, TimeZoneInfo Zone)
{
    /// <summary>How many jobs one plan enqueues at most; the rest comes with the next.</summary>
    public const int MaxAtOnce = 1_000;

    /// <summary>
    /// A time that is dealt with so many milliseconds late was not missed: a minute, in which a crashed silo is replaced. So when all that is due is as recent,
    /// each has its job, whatever <see cref="Missed"/> says.
    /// </summary>
    public const long OnTimeMs = 60_000;

    /// <summary>What happens to times that passed while nobody looked, the oldest for longer than <see cref="OnTimeMs"/>. Default: one job for all of them.</summary>
    public MissedRuns Missed { get; init; } = MissedRuns.Once;

    /// <summary>
    /// Whether a job is enqueued while the one of the last time is not finished. With <see cref="RunOverlap.Skip"/> of several times that are due only the
    /// newest can be.
    /// </summary>
    public RunOverlap Overlap { get; init; }

    /// <summary>Whether it is paused: then its times pass and are not missed later.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What to do now.</summary>
    /// <param name="last">The last time that was dealt with, or when the schedule was made or edited, Unix milliseconds.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="lastLives">Whether the job of the last time is not finished.</param>
    public SchedulePlan Plan(long last, long now, bool lastLives)
    {
        if (IsPaused) return new SchedulePlan([], Math.Max(last, now), long.MaxValue);
        var first = Next(last);
        if (first > now) return new SchedulePlan([], last, first);
        if ((Missed == MissedRuns.All || now - first <= OnTimeMs) && Overlap == RunOverlap.Allow) return All(first, now);
        var newest = Newest(last, now);
        var isWanted = !(lastLives && Overlap == RunOverlap.Skip) && (Missed != MissedRuns.Skip || now - newest <= OnTimeMs);
        return new SchedulePlan(isWanted ? [newest] : [], newest, Next(newest));
    }

    private SchedulePlan All(long first, long now)
    {
        var due = new List<long>();
        var next = first;
        for (; next <= now && due.Count < MaxAtOnce; next = Next(next)) due.Add(next);
        return new SchedulePlan(due, due[^1], next <= now ? now : next);
    }

    /// <summary>The newest of the times that are due, by halving: after <paramref name="last"/> there is one, after <paramref name="now"/> there is none.</summary>
    private long Newest(long last, long now)
    {
        while (now - last > 1)
        {
            var middle = last + ((now - last) / 2);
            if (Next(middle) <= now) last = middle;
            else now = middle;
        }

        return now;
    }

    private long Next(long after) => Cron.NextAfter(after, Zone) ?? long.MaxValue;
}
