using System.Globalization;
using Worcr.Core.Rules;
using Worcr.Core.Schedules;
using Worcr.Core.Time;

namespace Worcr.Grains.Schedules;

/// <summary>A schedule in the dispatcher's memory; its timer is its next time.</summary>
internal sealed class ScheduleGrain : Timed
{
    public ScheduleGrain(string name, ScheduleRule rule, ScheduleState state)
    {
        Name = name;
        State = state;
        Rule = rule;
        Schedule = Read(rule);
    }

    public string Name { get; }

    public ScheduleRule Rule { get; private set; }

    /// <summary>The rule's times; null when this machine does not know them: then it enqueues nothing, and says so.</summary>
    public Schedule? Schedule { get; private set; }

    public ScheduleState State { get; set; }

    /// <summary>The flush with the last state: the next one must not overtake it, or its jobs could be lost although they are noted as enqueued.</summary>
    public long StateFlush { get; set; }

    /// <summary>Whether the store is being asked something; until it answers, nothing is enqueued.</summary>
    public bool IsAsking { get; set; }

    /// <summary>Whether it was edited while the store was being asked.</summary>
    public bool IsEdited { get; set; }

    /// <summary>Whether this build refuses the job.</summary>
    public bool IsRefused { get; set; }

    public void Edit(ScheduleRule rule)
    {
        Rule = rule;
        Schedule = Read(rule);
        IsRefused = false;
    }

    /// <summary>The id of the job of a time.</summary>
    public Guid IdOf(string ns, long at) => OccurrenceId.Create(ns, string.Create(CultureInfo.InvariantCulture, $"{State.Life:x16}/{Name}"), at);

    /// <summary>The next times after this one; none while it is paused.</summary>
    public static IEnumerable<long> NextRuns(Schedule? schedule, long after, int most)
    {
        if (schedule is null or { IsPaused: true }) yield break;
        for (var next = schedule.Cron.NextAfter(after, schedule.Zone); next is { } at && most-- > 0; next = schedule.Cron.NextAfter(at, schedule.Zone)) yield return at;
    }

    /// <summary>The times of a rule; null when this machine does not know them.</summary>
    public static Schedule? Read(ScheduleRule rule)
    {
        if (!CronExpression.TryParse(rule.Cron, out var cron, out _) || !TimeZoneInfo.TryFindSystemTimeZoneById(rule.TimeZone, out var zone)) return null;
        return new Schedule(cron, zone) { Missed = rule.Missed, Overlap = rule.Overlap, IsPaused = rule.IsPaused };
    }
}
