using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;
using Worcr.Grains.Tenants;

namespace Worcr.Grains;

/// <summary>
/// Rules about waiting jobs. What they say of a lane is computed when the lane comes into memory, and again when a rule that meets it changes; a
/// decision only reads it.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly RuleSet _rules = new();
    private NamespaceRule _settings = new();

    private void ApplyRule(string name, ResourceKind kind, Resource? former, Resource? body)
    {
        if (body is null) _rules.Remove(kind, name);
        else _rules.Put(name, body);
        if (kind == ResourceKind.Pause) ApplyPause(name, (PauseRule?)body);
        if (kind == ResourceKind.Shed) ApplyShed(name, (ShedRule?)body);
        if (kind == ResourceKind.Limit) ApplyLimit(name, (LimitRule?)body);
        foreach (var workerClass in _classes.Values) workerClass.Factors.Clear();
        var (before, after) = (RuleSet.MatchOf(former), RuleSet.MatchOf(body));
        if (before is null && after is null) return;
        Replace(lane => RuleSet.Concerns(former, lane.Shape) || RuleSet.Concerns(body, lane.Shape));
        if (kind == ResourceKind.Pause) PauseApplied(name, (PauseRule?)former);
        if (kind == ResourceKind.Shed) TurnGates();
    }

    private void ApplyTenant(string name, TenantRule? former, TenantRule? body)
    {
        EmitTenant(name, former?.IsPaused == true, body?.IsPaused == true);
        if (!_tenants.TryGetValue(name, out var tenant)) return;
        Configure(tenant);
        Replace(lane => ReferenceEquals(lane.TenantGrain, tenant));
    }

    private void EmitTenant(string name, bool wasPaused, bool isPaused)
    {
        var kind = isPaused ? EventKind.TenantPaused : EventKind.TenantResumed;
        if (wasPaused != isPaused && IsHeard(kind)) Emit(kind, null, null, name, null, ("running", _tenants.GetValueOrDefault(name)?.Counts.Running ?? 0));
    }

    private void Configure(TenantGrain tenant)
    {
        tenant.Rule = ResourceOf<TenantRule>(ResourceKind.Tenant, tenant.Name) ?? new TenantRule();
        tenant.Share = tenant.Rule.Share;
        if (tenant.Rule.IsPaused) tenant.Pause.Close();
        else tenant.Pause.Open();
        if (tenant.Rule.MaxConcurrency > 0) ApplyTenantLimit(tenant);
    }

    private void ApplySettings(NamespaceRule settings)
    {
        var former = _settings;
        _settings = settings;
        if (former.Fairness == settings.Fairness) return;
        _scheduler.Switch(settings.Fairness);
        Replace(_ => true);
    }

    /// <summary>Puts lanes where the rules of now say.</summary>
    private void Replace(Func<Lane, bool> which)
    {
        var met = _lanes.Values.Where(which).ToArray();
        foreach (var lane in met) Place(lane);
        if (met.Length == 0) return;
        foreach (var grain in _running)
        {
            if (!ReferenceEquals(grain.Permits, grain.Lane.Buckets)) Recount(grain);
        }

        foreach (var lane in met) Refresh(lane);
    }

    /// <summary>Computes what the rules say of a lane, and tells the scheduler.</summary>
    private void Place(Lane lane)
    {
        var former = lane.Rules.Pauses;
        var rules = lane.Rules = _rules.For(lane.Shape);
        MovePauses(lane, former);
        lane.IsUnsorted = _rules.LooksAtArgs && IsUnsorted(lane.Shape);
        SetSheds(lane, rules);
        SetBuckets(lane, rules.Limits);
        var gates = new List<FairGate>(lane.Buckets.Length + rules.Pauses.Length + 1);
        foreach (var pause in rules.Pauses) gates.Add(_pauses[pause].Gate);
        foreach (var bucket in lane.Buckets) gates.Add(bucket.Gate);
        if (lane.TenantGrain.Rule.IsPaused) gates.Add(lane.TenantGrain.Pause);
        if (lane.Sheds.Length > 0 && IsSheddable(lane.Shape.Type)) gates.AddRange(lane.Sheds.Where(s => s.HoldsBack).Select(s => s.Gate));
        _scheduler.Place(lane, KindOf(lane), [.. gates]);
    }

    /// <summary>What worker classes look at; their weights only where they decide about the order of lanes.</summary>
    private LaneKind KindOf(Lane lane) =>
        new(lane.Shape.Type, lane.Shape.Queue, lane.Rules.Routes, _settings.Fairness == FairStrategy.Strict ? lane.Rules.Weights : null);

    private void SetBuckets(Lane lane, LaneLimit[] limits)
    {
        var former = lane.Buckets;
        var maximum = lane.TenantGrain.Rule.MaxConcurrency > 0 ? 1 : 0;
        var buckets = limits.Length + maximum == 0 ? Lane.NoBuckets : new Bucket[limits.Length + maximum];
        for (var i = 0; i < limits.Length; i++) buckets[i] = BucketOf(_limits[limits[i].Name], limits[i].Key, limits[i].Rank);
        if (maximum > 0) buckets[^1] = BucketOf(_tenantLimits, lane.Shape.Tenant, (int)LimitKeySource.Tenant);
        if (former.AsSpan().SequenceEqual(buckets)) return;
        lane.Buckets = buckets;
        foreach (var bucket in buckets) bucket.Lanes++;
        foreach (var bucket in former) LeaveBucket(bucket);
    }

    /// <summary>The weight a job of the lane has on workers of a class, now.</summary>
    private static double WeightOf(Lane lane, Workers.WorkerClass workerClass, double urgency) =>
        Capped(lane.Shape.Weight * urgency * workerClass.FactorFor(lane.Rules.Weights), lane.TenantGrain.Rule);

    private static double Capped(double weight, TenantRule? tenant) => tenant?.MaxWeight is > 0 and var most ? Math.Min(weight, most) : weight;
}
