using Worcr.Core.Slo;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Slo;

namespace Worcr.Grains;

/// <summary>Objectives: how many jobs start in time, whether the error budget burns, and when the next job will be late.</summary>
public sealed partial class Dispatcher
{
    private const int MaxSloKeys = 10_000;
    private const long SloJudgeMs = 1_000;
    private const long SloLookAgainMs = 10_000;

    private static readonly SloSpan[] SloSpans = Enum.GetValues<SloSpan>();

    private readonly SloBook _slo = new(MaxSloKeys);

    /// <summary>A job with an objective starts.</summary>
    private void NoteSlo(JobGrain grain)
    {
        var shape = grain.Lane.Shape;
        if (shape.SloMs <= 0) return;
        var met = _now - grain.Row.ReadyAt <= shape.SloMs;
        NoteSlo(SloScope.Type, shape.Type, met);
        NoteSlo(SloScope.Tenant, shape.Tenant, met);
    }

    private void NoteSlo(SloScope scope, string name, bool met)
    {
        var key = _slo.Use(scope, name, scope == SloScope.Type ? SloTargetOf : static _ => SloTracker.DefaultTarget, out var forgotten);
        if (forgotten is not null) _timers.Clear(forgotten);
        key.Tracker.Note(_now, met);
        key.Starts.Note(_now);
        if (!key.IsSet || key.At > _now + SloJudgeMs) _timers.Set(key, _now + SloJudgeMs);
    }

    private double SloTargetOf(string type) => TypeRuleOf(type)?.SloTarget ?? SloTracker.DefaultTarget;

    /// <summary>Judges a key: soon after a start, and while its budget burns again and again.</summary>
    private void RingSlo(SloKey key)
    {
        var before = key.Tracker.Alert;
        var after = key.Tracker.Judge(_now);
        if (after != SloAlert.None) _timers.Set(key, _now + SloLookAgainMs);
        if (before == after) return;
        var kind = after == SloAlert.None ? EventKind.SloRecovered : EventKind.SloBurning;
        if (IsHeard(kind)) EmitSlo(kind, key);
    }

    private void EmitSlo(EventKind kind, SloKey key)
    {
        var figures = FiguresOf(key, WaitingWithSlo(l => NameIn(key.Scope, l) == key.Name));
        var isType = key.Scope == SloScope.Type;
        Emit(
            kind, null, isType ? key.Name : null, isType ? null : key.Name, null,
            ("alert", figures.Alert.ToString().ToLowerInvariant()), ("target", figures.Target), ("waiting", figures.Waiting), ("missInMs", figures.MissInMs),
            ("burn5m", Burn(SloSpan.FiveMinutes)), ("burn30m", Burn(SloSpan.HalfHour)), ("burn1h", Burn(SloSpan.Hour)), ("burn6h", Burn(SloSpan.SixHours)));
        object? Burn(SloSpan span) => key.Tracker.BurnRate(_now, span);
    }

    private static string NameIn(SloScope scope, Lane lane) => scope == SloScope.Type ? lane.Shape.Type : lane.Shape.Tenant;

    /// <summary>All keys, those whose budget burns first.</summary>
    private List<SloFigures> SloFigures()
    {
        if (_slo.Keys.Count == 0) return [];
        var lanes = WaitingWithSlo(static _ => true);
        var types = lanes.ToLookup(l => l.Shape.Type, StringComparer.Ordinal);
        var tenants = lanes.ToLookup(l => l.Shape.Tenant, StringComparer.Ordinal);
        return [.. _slo.Keys
            .OrderByDescending(k => k.Tracker.Alert)
            .Take(MaxListed)
            .Select(k => FiguresOf(k, [.. (k.Scope == SloScope.Type ? types : tenants)[k.Name]]))];
    }

    private Lane[] WaitingWithSlo(Func<Lane, bool> which) => [.. _lanes.Values.Where(l => l.Shape.SloMs > 0 && l.Top is not null && which(l))];

    private SloFigures FiguresOf(SloKey key, Lane[] waiting)
    {
        var ready = waiting.Sum(l => l.Ready);
        var rate = key.Starts.PerSecond(_now);
        return new SloFigures
        {
            IsTenant = key.Scope == SloScope.Tenant,
            Name = key.Name,
            Target = key.Tracker.Target,
            Alert = key.Tracker.Alert,
            Windows = [.. SloSpans.Select(s => key.Tracker.Window(_now, s))],
            Waiting = ready,
            MissInMs = waiting.Min(l => SloForecast.MissInMs(l.Shape.SloMs, HeadWait(l), ready, rate)),
        };
    }

    /// <summary>How long the first job of a lane has waited; a window that is being filled says nothing yet.</summary>
    private long HeadWait(Lane lane) => lane.Top?.Window.Peek() is { } head ? Math.Max(0, _now - head.Row.ReadyAt) : 0;
}
