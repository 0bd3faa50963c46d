using Worcr.Core.Rules;
using Worcr.Core.Schedules;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/schedules</c></summary>
internal sealed class ScheduleResources(ParseCaches caches, TimeProvider time)
    : TypedDescription<ScheduleBody, ScheduleRule, ScheduleDocument>(ResourceKind.Schedule, "schedules", "schedule")
{
    private const string Utc = "UTC";
    private const string NoZones = "is not known here: this machine has no time zones but UTC; install its package tzdata";

    protected override Fault? Convert(ScheduleBody body, out ScheduleRule? rule)
    {
        rule = null;
        var (missed, overlap) = (MissedRuns.Once, RunOverlap.Allow);
        var zone = body.TimeZone ?? Utc;
        if (!CronExpression.TryParse(body.Cron, out _, out var error)) return FieldChecks.Invalid("cron", error);
        if (!IsZone(zone)) return FieldChecks.Invalid("timeZone", KnowsZones ? "is not the IANA name of a time zone, such as Europe/Berlin" : NoZones);
        var fault = JobTemplate.Parse(body.Job.Utf8.Span, caches, time.GetUtcNow().ToUnixTimeMilliseconds()).Fault
            ?? WireChoices.Missed.Read("missed", body.Missed, out missed, MissedRuns.Once)
            ?? WireChoices.Overlap.Read("overlap", body.Overlap, out overlap);
        if (fault is not null) return fault;
        rule = new ScheduleRule(body.Cron, zone, body.Job.Utf8.ToArray()) { Missed = missed, Overlap = overlap, IsPaused = body.Paused ?? false };
        return null;
    }

    protected override ScheduleDocument DocumentOf(string name, ScheduleRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Cron = rule.Cron,
        TimeZone = rule.TimeZone,
        Job = new RawJson(rule.Job),
        Missed = WireChoices.Missed.NameOf(rule.Missed),
        Overlap = WireChoices.Overlap.NameOf(rule.Overlap),
        Paused = rule.IsPaused,
        NextRuns = [.. figures.NextRuns.Select(DateTimeOffset.FromUnixTimeMilliseconds)],
        LastRun = WireTime.From(figures.LastRun),
        LastJob = figures.LastJob,
        Warnings = figures.Warnings,
    };

    private static bool KnowsZones => TimeZoneInfo.GetSystemTimeZones().Any(z => z.Id != Utc);

    private static bool IsZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
