using Worcr.Core.Overload;
using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>Admission at the door: what shed rules turn away, then what the measured delay does. A request is admitted whole or not at all.</summary>
public sealed partial class Dispatcher
{
    private const long OverloadedRetryMs = 1_000;

    private readonly AdmissionController _admission;

    private void MeasureLoad() => _admission.Advance(_now, _underWay.TryPeek(out var oldest) ? _now - oldest.TakenAt : 0, IsFull);

    /// <summary>Why the jobs of a request are turned away; null: they are not. Jobs of unsheddable types are never the reason.</summary>
    private Refusal? ShedRefusal(IReadOnlyList<Job> jobs)
    {
        if (_sheds.Count == 0 && !_admission.IsWatching) return null;
        var lightest = double.PositiveInfinity;
        LaneShape? seen = null;
        foreach (var job in jobs)
        {
            ApplyDefaults(job);
            var shape = ShapeOf(job);
            if (shape.Equals(seen)) continue;
            seen = shape;
            if (!IsSheddable(shape.Type)) continue;
            var rules = _lanes.TryGetValue(shape, out var lane) ? lane.Rules : _rules.For(shape);
            if (Shedding(rules.Sheds) is { Rule.Action: ShedAction.Reject } shed) return Counted(RefusalBy(shed, jobs.Count), jobs);
            lightest = Math.Min(lightest, WeightOf(shape, rules));
        }

        return lightest < double.PositiveInfinity ? Judge(jobs, lightest) : null;
    }

    private Refusal? Judge(IReadOnlyList<Job> jobs, double lightest)
    {
        if (!_admission.IsWatching || _admission.Admits(lightest, _chance.NextDouble(), jobs.Count)) return null;
        NoteShedding(null, jobs.Count);
        return Counted(new Refusal(RefusalKind.Overloaded, "The dispatcher is at capacity; the lightest jobs are turned away first.", RetryAfterMs: OverloadedRetryMs), jobs);
    }

    private Refusal Counted(Refusal refusal, IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs) CountShed(job.Shape, 1);
        return refusal;
    }

    /// <summary>The weight of a new job, on the workers on which it is heaviest.</summary>
    private double WeightOf(LaneShape shape, LaneRules rules)
    {
        var factor = _classes.Count == 0 ? rules.Weights.FactorFor([]) : 0;
        foreach (var workerClass in _classes.Values) factor = Math.Max(factor, workerClass.FactorFor(rules.Weights));
        return Capped(shape.Weight * factor, ResourceOf<TenantRule>(ResourceKind.Tenant, shape.Tenant));
    }
}
