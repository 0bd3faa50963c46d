using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>The reasons why jobs of a lane are not started.</summary>
public sealed partial class Dispatcher
{
    private const int MaxHolders = 5;

    /// <summary>Why none of the lane's jobs is started now; empty: one is next.</summary>
    private List<Reason> ReasonsOf(Lane lane)
    {
        var reasons = new List<Reason>();
        if (_draining) reasons.Add(new Reason("draining", "The silo is draining."));
        if (lane.Rules.Blackhole is { } blackhole) reasons.Add(new Reason("blackhole", $"Blackhole '{blackhole}' discards jobs like this one.", Figures(("rule", blackhole))));
        if (lane.IsUnsorted) reasons.Add(new Reason("sorting", "A rule looks at its arguments; the jobs that came before the rule are being sorted."));
        foreach (var pause in lane.Rules.Pauses) reasons.Add(Paused(pause));
        foreach (var shed in lane.Sheds.Where(s => s.HoldsBack && !s.Gate.IsOpen && IsSheddable(lane.Shape.Type)))
            reasons.Add(new Reason("shed", $"Shed rule '{shed.Name}' holds it back: {Why(shed)}.", Figures(("rule", shed.Name), ("load", _admission.Load), ("waiting", shed.Ready))));
        if (lane.TenantGrain.Rule.IsPaused) reasons.Add(new Reason("tenant-paused", $"Tenant '{lane.Shape.Tenant}' is paused."));
        foreach (var bucket in lane.Buckets)
        {
            if (!bucket.Gate.IsOpen) reasons.Add(Blocked(bucket));
        }

        if (lane.Order is { } order) AddOrder(reasons, lane, order);
        if (lane.Top is { } top && top.Window.Peek() is null && !IsUnread(lane)) reasons.Add(new Reason("loading", "Its first jobs are being read from the store."));
        AddWorkers(reasons, lane);
        return reasons;
    }

    private Reason Paused(string name)
    {
        if (ResourceOf<PauseRule>(ResourceKind.Pause, name) is not { ExpiresAt: > 0 } rule) return new Reason("paused", $"Pause '{name}' holds it.", Figures(("rule", name)));
        var endsInMs = Math.Max(0, rule.ExpiresAt - _now);
        return new Reason("paused", $"Pause '{name}' holds it for {Seconds(endsInMs)}.", Figures(("rule", name), ("endsInMs", endsInMs)));
    }

    private Reason Blocked(Bucket bucket)
    {
        var name = ReferenceEquals(bucket.Limit, _tenantLimits) ? "maxConcurrency of the tenant" : $"limit '{bucket.Limit.Name}'";
        var (used, most, opensAt) = (bucket.Permits.Used(_now), SpecOf(bucket).Limit, bucket.Permits.OpensAt(_now));
        var holders = bucket.IsRate ? [] : _running.Where(g => g.Permits.Contains(bucket)).Take(MaxHolders).Select(g => g.Row.Id.ToString()).ToArray();
        var text = $"The {name}{(bucket.Key.Length > 0 ? $" is at {used}/{most} for key '{bucket.Key}'" : $" is at {used}/{most}")}"
            + (holders.Length > 0 ? $", held by {string.Join(", ", holders)}{(used > holders.Length ? ", ..." : "")}" : "")
            + (opensAt > _now && opensAt < long.MaxValue ? $"; it opens in {Seconds(opensAt - _now)}." : ".");
        var figures = new List<(string Name, object Value)> { ("limit", NameOf(bucket)), ("key", bucket.Key), ("used", used), ("most", most), ("holders", holders) };
        if (opensAt > _now && opensAt < long.MaxValue) figures.Add(("opensInMs", opensAt - _now));
        return new Reason("limit", text, Figures([.. figures]));
    }

    private void AddOrder(List<Reason> reasons, Lane lane, OrderKey order)
    {
        if (order.Leased > 0)
        {
            var runs = _running.First(g => ReferenceEquals(g.Lane.Order, order)).Row.Id;
            reasons.Add(new Reason("ordered", $"Order key '{order.Name}' is busy: {runs} runs.", Figures(("key", order.Name), ("running", runs.ToString()))));
        }
        else if (FirstOf(order) is { } first && first.Row.ReadyAt > _now)
        {
            reasons.Add(new Reason("ordered", $"Order key '{order.Name}' waits for the retry of {first.Row.Id} in {Seconds(first.Row.ReadyAt - _now)}.", Figures(("key", order.Name), ("first", first.Row.Id.ToString()))));
        }
        else if (FirstOf(order) is { } head && !ReferenceEquals(head.Lane, lane))
        {
            reasons.Add(new Reason("ordered", $"Of order key '{order.Name}' {head.Row.Id} goes first.", Figures(("key", order.Name), ("first", head.Row.Id.ToString()))));
        }
    }

    private void AddWorkers(List<Reason> reasons, Lane lane)
    {
        var takers = _classes.Values.Where(c => c.Serves(lane.Shape.Type, lane.Shape.Queue)).ToArray();
        if (takers.Length == 0)
        {
            reasons.Add(new Reason("no-worker", $"No connected worker takes type '{lane.Shape.Type}' of queue '{lane.Shape.Queue}'."));
            return;
        }

        var sessions = _sessions.Values.Where(s => takers.Contains(s.Class)).ToArray();
        var allowed = sessions.Where(s => s.Class.Takes(KindOf(lane))).ToArray();
        if (!takers.Any(c => c.Takes(KindOf(lane))))
        {
            reasons.Add(new Reason("prohibited", $"{sessions.Length} connected workers take the type, and routes prohibit all of them.", Figures(("workers", sessions.Length))));
            return;
        }

        if (allowed.Length > 0 && allowed.All(s => s.IsQuiet))
        {
            reasons.Add(new Reason("workers-quiet", $"Operators made all {allowed.Length} workers that may run it quiet.", Figures(("workers", allowed.Length))));
            return;
        }

        var (slots, held) = (allowed.Sum(s => s.Slots), allowed.Sum(s => s.Held.Count));
        if (held < slots) return;
        var text = slots == 0 ? $"None of the {allowed.Length} workers that may run it has a slot." : $"All {slots} slots of {allowed.Length} workers that may run it are taken.";
        reasons.Add(new Reason("workers-busy", text, Figures(("slots", slots), ("held", held), ("workers", allowed.Length))));
        var tenant = ExplainTenant(lane.TenantGrain);
        if (tenant.Ahead > 0) reasons.Add(new Reason("fairness", $"{tenant.Ahead} tenants are served before '{tenant.Name}'.", Figures(("tenantsAhead", tenant.Ahead), ("lag", tenant.Lag))));
    }
}
