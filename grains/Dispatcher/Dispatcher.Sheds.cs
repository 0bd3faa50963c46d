using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Rules;

namespace Worcr.Grains;

/// <summary>
/// Shed rules: what operators want to happen to jobs while there is too much to do, new ones as they come and waiting ones when they would start. Each knows how many
/// jobs of its lanes are ready, so that judging a job costs nothing of the backlog. Of the rules that meet a new job and whose condition holds, the first by name decides.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>A backlog does not shrink at once: producers that a rule turns away come back later than others, in milliseconds.</summary>
    private const long ShedRetryMs = 5_000;

    /// <summary>How often a closed gate is looked at, in milliseconds.</summary>
    private const long GatePauseMs = 500;

    private readonly Dictionary<string, ShedGrain> _sheds = new(StringComparer.Ordinal);

    private void ApplyShed(string name, ShedRule? rule)
    {
        if (_sheds.Remove(name, out var former)) _timers.Clear(former);
        if (rule is null) return;
        var shed = _sheds[name] = new ShedGrain(name, rule, former?.Gate);
        shed.Gate.Open();
        TurnGate(shed);
    }

    /// <summary>Lanes of rules that hold them back wait while the condition holds.</summary>
    private void TurnGates()
    {
        foreach (var shed in _sheds.Values) TurnGate(shed);
    }

    private void TurnGate(ShedGrain shed)
    {
        if (!shed.HoldsBack) return;
        if (!Holds(shed.Rule, shed))
        {
            shed.Gate.Open();
            return;
        }

        shed.Gate.Close();
        if (!shed.IsSet) _timers.Set(shed, _now + GatePauseMs); // also when nothing else happens
        NoteShedding(shed, 0);
    }

    private void SetSheds(Lane lane, LaneRules rules)
    {
        if (lane.Sheds.Length + lane.CountedBy.Length + rules.Sheds.Length + rules.ShedCounts.Length == 0) return;
        var ready = lane.Ready;
        foreach (var shed in lane.CountedBy)
        {
            shed.Lanes.Remove(lane);
            shed.CountOthers(lane.Shape.OrderKey, -ready);
        }

        foreach (var shed in lane.Sheds) shed.CountHeld(lane.Shape.OrderKey, -ready);
        lane.Sheds = Array.ConvertAll(rules.Sheds, n => _sheds[n]);
        lane.CountedBy = Array.ConvertAll(rules.ShedCounts, n => _sheds[n]);
        foreach (var shed in lane.CountedBy)
        {
            shed.Lanes.Add(lane);
            shed.CountOthers(lane.Shape.OrderKey, ready);
        }

        foreach (var shed in lane.Sheds) shed.CountHeld(lane.Shape.OrderKey, ready);
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

    /// <summary>Why a shed rule discards the new job, or null. A job that a rule puts off becomes a scheduled one.</summary>
    private JobError? ShedError(Job job, Lane lane)
    {
        if (lane.Sheds.Length == 0 || !IsSheddable(lane.Shape.Type)) return null;
        if (Shedding(lane.Rules.Sheds) is not { Rule.Action: not ShedAction.Reject } shed) return null;
        CountShed(shed, lane);
        if (shed.Rule.Action == ShedAction.Discard) return new JobError("shed:" + shed.Name, "A shed rule discarded the job when it came.");
        job.DueAt = Math.Max(job.DueAt, _now + shed.Rule.DeferMs);
        return null;
    }

    /// <summary>Whether a rule discards the job, whose turn it is, instead of letting it start. What has begun goes on.</summary>
    private bool IsShedInstead(JobGrain grain)
    {
        var lane = grain.Lane;
        if (lane.Sheds.Length == 0 || grain.Attempt > 0 || !IsSheddable(lane.Shape.Type)) return false;
        if (Array.Find(lane.Sheds, s => s.Rule.Action == ShedAction.Discard && HoldsFor(s, grain.Row)) is not { } shed) return false;
        _discardsLeft--;
        CountShed(shed, lane);
        Finish(grain, JobState.Discarded, null, new JobError("shed:" + shed.Name, "A shed rule discarded the job instead of starting it."));
        return true;
    }

    /// <summary>A waiting job counts among the ready ones itself, unless others are meant; and of old ones only those go that are old.</summary>
    private bool HoldsFor(ShedGrain shed, Job job)
    {
        if (shed.Rule.Of is not null) return Holds(shed.Rule, shed);
        if (shed.Rule.Backlog > 0) return shed.Ready > shed.Rule.Backlog;
        return shed.Rule.OldestMs > 0 ? _now - job.ReadyAt >= shed.Rule.OldestMs : _admission.Load >= shed.Rule.Load;
    }

    private Refusal RefusalBy(ShedGrain shed, int jobs)
    {
        Hit(ResourceKind.Shed, shed.Name, jobs);
        NoteShedding(shed, jobs);
        return new Refusal(RefusalKind.Overloaded, $"Shed rule '{shed.Name}' turns jobs away: {Why(shed)}.", RetryAfterMs: ShedRetryMs);
    }

    private string Why(ShedGrain shed) => shed.Rule switch
    {
        { Backlog: > 0, Of: null } => $"{Number(shed.Ready)} matching jobs are ready",
        { Backlog: > 0 } => $"{Number(shed.Ready)} other jobs are ready",
        { OldestMs: > 0 } => $"the oldest {(shed.Rule.Of is null ? "matching" : "other")} job waits since {Seconds(_now - shed.OldestAt(_now))}",
        _ => "the dispatcher is near its capacity",
    };

    private void CountShed(ShedGrain shed, Lane lane)
    {
        Hit(ResourceKind.Shed, shed.Name);
        NoteShedding(shed, 1);
        CountShed(lane.Shape, 1);
    }

    private void CountShed(LaneShape shape, int jobs)
    {
        _counts.Shed += jobs;
        if (_tenants.TryGetValue(shape.Tenant, out var tenant)) tenant.Counts.Shed += jobs;
        if (_types.TryGetValue(shape.Type, out var type)) type.Counts.Shed += jobs;
    }
}
