using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Rules;

namespace Worcr.Grains;

/// <summary>
/// Shed rules: what operators want to happen to new jobs while there is too much to do. Each knows how many jobs of its lanes are ready, so that judging a new
/// job costs nothing of the backlog. Of the rules that meet a job and whose condition holds, the first by name decides.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>A backlog does not shrink at once: producers that a rule turns away come back later than others, in milliseconds.</summary>
    private const long ShedRetryMs = 5_000;

    private readonly Dictionary<string, ShedGrain> _sheds = new(StringComparer.Ordinal);

    private void ApplyShed(string name, ShedRule? rule)
    {
        if (rule is null) _sheds.Remove(name);
        else _sheds[name] = new ShedGrain(name, rule);
    }

    private void SetSheds(Lane lane, string[] names)
    {
        if (lane.Sheds.Length + names.Length == 0) return;
        var ready = lane.Strands.Sum(s => s.Ready);
        foreach (var shed in lane.Sheds)
        {
            shed.Lanes.Remove(lane);
            shed.Ready -= ready;
        }

        lane.Sheds = Array.ConvertAll(names, n => _sheds[n]);
        foreach (var shed in lane.Sheds)
        {
            shed.Lanes.Add(lane);
            shed.Ready += ready;
        }
    }

    private bool Holds(ShedRule rule, ShedGrain shed)
    {
        if (rule.Backlog > 0) return shed.Ready >= rule.Backlog;
        if (rule.OldestMs > 0) return _now - shed.OldestAt(_now) >= rule.OldestMs;
        return _admission.Load >= rule.Load;
    }

    private ShedGrain? Shedding(string[] names)
    {
        foreach (var name in names)
        {
            var shed = _sheds[name];
            if (Holds(shed.Rule, shed)) return shed;
        }

        return null;
    }

    private bool IsSheddable(string type) => TypeRuleOf(type) is not { IsSheddable: false };

    /// <summary>Whether a rule discards the new job, whose row is part of the flush already: its record in the history is the receipt. A job that a rule puts off becomes a scheduled one.</summary>
    private bool IsDiscarded(Job job, Lane lane)
    {
        if (lane.Sheds.Length == 0 || !IsSheddable(lane.Shape.Type)) return false;
        if (Shedding(lane.Rules.Sheds) is not { Rule.Action: not ShedAction.Reject } shed) return false;
        Hit(ResourceKind.Shed, shed.Name);
        CountShed(lane.Shape, 1);
        if (shed.Rule.Action == ShedAction.Defer)
        {
            job.DueAt = Math.Max(job.DueAt, _now + shed.Rule.DeferMs);
            return false;
        }

        (job.DueAt, job.ReadyAt, job.State) = (0, _now, JobState.Ready);
        Count(StrandOf(lane, job.Priority), +1);
        FinishCold(job, JobState.Discarded, new JobError("shed:" + shed.Name, "A shed rule discarded the job when it came."));
        return true;
    }

    private Refusal RefusalBy(ShedGrain shed, int jobs)
    {
        Hit(ResourceKind.Shed, shed.Name, jobs);
        var why = shed.Rule switch
        {
            { Backlog: > 0 } => $"{Number(shed.Ready)} matching jobs are ready",
            { OldestMs: > 0 } => $"the oldest matching job waits since {Seconds(_now - shed.OldestAt(_now))}",
            _ => "the dispatcher is near its capacity",
        };
        return new Refusal(RefusalKind.Overloaded, $"Shed rule '{shed.Name}' turns jobs away: {why}.", RetryAfterMs: ShedRetryMs);
    }

    private void CountShed(LaneShape shape, int jobs)
    {
        _counts.Shed += jobs;
        if (_tenants.TryGetValue(shape.Tenant, out var tenant)) tenant.Counts.Shed += jobs;
        if (_types.TryGetValue(shape.Type, out var type)) type.Counts.Shed += jobs;
    }
}
