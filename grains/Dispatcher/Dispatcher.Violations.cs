using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Violations;

namespace Worcr.Grains;

/// <summary>
/// Policies of types: how long an attempt may run, and how often it has to save. The timer of a lease is the earlier of its end and the next check, so that a job without a
/// policy costs nothing. Violations are measured, kept in memory (the newest), told, and acted upon.
/// </summary>
public sealed partial class Dispatcher
{
    private const int MaxViolations = 1_000;
    private const double DemotedTo = 0.1;
    private const double LeastWeight = 1e-6;

    private readonly LinkedList<Violation> _violations = new();
    private readonly Dictionary<(string Type, ViolationKind Kind), long> _violationCounts = [];

    private void Violations(Envelope envelope, ViolationsRequest request)
    {
        var items = _violations.Where(v => request.Type is null || v.Type == request.Type).Take(request.Limit).Select(v => v.View(_now));
        Answer(envelope, new ViolationsReply([.. items], ViolationCounts()));
    }

    private ViolationCount[] ViolationCounts() => [.. _violationCounts.Select(c => new ViolationCount(c.Key.Type, c.Key.Kind, c.Value))];

    /// <summary>A lease rings: at its end, because its worker did not come back after a restart, or for a check.</summary>
    private void RingRunning(JobGrain grain)
    {
        if (_now >= grain.DeadlineAt || grain.IsUnclaimed)
        {
            TimeOut(grain);
            return;
        }

        CheckPolicy(grain);
        SetLeaseTimer(grain);
    }

    private void SetLeaseTimer(JobGrain grain)
    {
        var check = grain.IsUnclaimed || grain.Lane.Type.Rule is not { } rule ? long.MaxValue : NextCheckAt(grain, rule);
        _timers.Set(grain, Math.Min(grain.DeadlineAt, check));
    }

    private static long NextCheckAt(JobGrain grain, TypeRule rule)
    {
        var watch = grain.Watch;
        var at = rule.MaxRunTimeMs > 0 && watch?.Has(ViolationKind.MaxRunTime) != true ? grain.StartedAt + rule.MaxRunTimeMs : long.MaxValue;
        if (rule.CheckpointEveryMs <= 0 || watch?.Has(ViolationKind.CheckpointEvery) == true) return at;
        return Math.Min(at, (watch?.SavedAt ?? grain.StartedAt) + rule.CheckpointEveryMs);
    }

    private void CheckPolicy(JobGrain grain)
    {
        if (grain.Lane.Type.Rule is not { } rule) return;
        Check(grain, rule, ViolationKind.MaxRunTime, rule.MaxRunTimeMs, grain.StartedAt);
        Check(grain, rule, ViolationKind.CheckpointEvery, rule.CheckpointEveryMs, grain.Watch?.SavedAt ?? grain.StartedAt);
    }

    private void Check(JobGrain grain, TypeRule rule, ViolationKind kind, long allowedMs, long since)
    {
        if (allowedMs <= 0 || _now - since < allowedMs || grain.Watch?.Has(kind) == true) return;
        var violation = new Violation(grain, kind, rule.OnViolation, allowedMs, since, _now);
        (grain.Watch ??= new AttemptWatch(grain.StartedAt)).Add(violation, rule.OnViolation);
        Keep(violation);
        if (IsHeard(EventKind.ViolationReported)) EmitViolation(grain, violation.View(_now));
        if (rule.OnViolation == ViolationAction.Report || grain.IsInterrupted) return;
        Interrupt(grain, kind == ViolationKind.MaxRunTime ? "it runs longer than its type allows" : "it saves less often than its type demands");
    }

    private void Keep(Violation violation)
    {
        var key = (violation.Type, violation.Kind);
        _violationCounts[key] = _violationCounts.GetValueOrDefault(key) + 1;
        _violations.AddFirst(violation);
        if (_violations.Count > MaxViolations) _violations.RemoveLast();
    }

    /// <summary>A type that has no policy any more is counted no longer; so the counts are as many as the policies at most.</summary>
    private void ForgetViolations(string type)
    {
        _violationCounts.Remove((type, ViolationKind.MaxRunTime));
        _violationCounts.Remove((type, ViolationKind.CheckpointEvery));
    }

    private void EmitViolation(JobGrain grain, ViolationView violation) => Emit(
        EventKind.ViolationReported, grain.Row,
        ("kind", violation.Kind == ViolationKind.MaxRunTime ? "maxRunTime" : "checkpointEvery"), ("action", violation.Action.ToString().ToLowerInvariant()),
        ("allowedMs", violation.AllowedMs), ("actualMs", violation.ActualMs), ("worker", violation.Worker), ("attempt", violation.Attempt));

    private void NoteSaved(JobGrain grain)
    {
        if (grain.Lane.Type.Rule is not { CheckpointEveryMs: > 0 }) return;
        if (grain.Watch is { } watch) watch.Saved(_now);
        else grain.Watch = new AttemptWatch(_now);
        if (!grain.IsUnclaimed) SetLeaseTimer(grain);
    }

    /// <summary>The attempt was running before the start, or before its type had this policy: when it saved is not known, so its clock starts now.</summary>
    private void WatchFromNow(JobGrain grain)
    {
        if (grain.Lane.Type.Rule is { CheckpointEveryMs: > 0 }) grain.Watch ??= new AttemptWatch(_now);
    }

    /// <summary>A type's policy is another one now.</summary>
    private void WatchType(string name)
    {
        foreach (var grain in _running)
        {
            if (grain.Lane.Shape.Type != name || grain.IsUnclaimed) continue;
            WatchFromNow(grain);
            SetLeaseTimer(grain);
        }
    }

    /// <summary>The attempt is over; whether the job goes on with less weight.</summary>
    private bool EndWatch(JobGrain grain, bool yielded)
    {
        if (grain.Watch is not { } watch) return false;
        watch.Ended(_now, yielded);
        grain.Watch = null;
        return watch.Demotes;
    }

    /// <summary>The job came back to the waiting after a violation: into a lane of a tenth of its weight.</summary>
    private void Demote(JobGrain grain)
    {
        var shape = grain.Row.Shape;
        var weight = Math.Max(LeastWeight, shape.Weight * DemotedTo);
        if (!weight.Equals(shape.Weight)) MoveTo(grain.IsGone ? null : grain, grain.Row, shape.WithWeight(weight));
    }
}
