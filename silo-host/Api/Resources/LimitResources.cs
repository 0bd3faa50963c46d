using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/limits</c></summary>
internal sealed class LimitResources() : TypedDescription<LimitBody, LimitRule, LimitDocument>(ResourceKind.Limit, "limits", "limit")
{
    protected override Fault? Convert(LimitBody body, out LimitRule? rule)
    {
        rule = null;
        var (match, kind, use) = (RuleMatch.Any, default(LimitKind), default(LimitUse));
        IReadOnlyList<LimitKeyPart> key = [];
        if (body.Match is not null && RuleMatches.Read(body.Match, out match) is { } wrong) return wrong;
        var fault = WireChoices.LimitKind.Read("kind", body.Kind, out kind)
            ?? WireChoices.LimitUse.Read("use", body.Use, out use)
            ?? LimitKeys.Read(body.Key, out key)
            ?? FieldChecks.Whole("limit", body.Limit, 0, WireLimits.Permits)
            ?? CheckPeriod(body, kind)
            ?? CheckBurst(body, kind)
            ?? CheckAdaptive(body);
        if (fault is not null) return fault;
        rule = new LimitRule(match, new LimitSpec(kind, body.Limit, body.Period?.Milliseconds ?? 0, body.Burst ?? 0)) { Key = key, Use = use, Adaptive = AdaptiveOf(body.Adaptive) };
        return null;
    }

    protected override LimitDocument DocumentOf(string name, LimitRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Match = RuleMatches.Write(rule.Match),
        Kind = WireChoices.LimitKind.NameOf(rule.Limit.Kind),
        Limit = rule.Limit.Limit,
        Period = Spans.Of(rule.Limit.PeriodMs),
        Burst = rule.Limit.Burst == 0 ? null : rule.Limit.Burst,
        Key = LimitKeys.Write(rule.Key),
        Adaptive = AdaptiveOf(rule.Adaptive),
        Use = WireChoices.LimitUse.NameOf(rule.Use),
        Current = figures.Limit,
        Keys = figures.Keys,
        Usage = [.. figures.Usage.Select(u => new LimitUsageDocument(u.Key, u.Used, u.Limit, u.OpensAt == long.MaxValue ? null : WireTime.From(u.OpensAt), u.Waiting))],
        History = [.. figures.History.Select(c => new LimitChangeDocument(DateTimeOffset.FromUnixTimeMilliseconds(c.At), c.Value, c.Reason))],
        Warnings = figures.Warnings,
    };

    private static Fault? CheckPeriod(LimitBody body, LimitKind kind) => (kind, body.Period) switch
    {
        (LimitKind.Concurrency, null) => null,
        (LimitKind.Concurrency, _) => FieldChecks.Invalid("period", "does not go with concurrency"),
        (_, null) => FieldChecks.Invalid("period", "is required for this kind"),
        (_, { Milliseconds: < 1 or > WireLimits.PeriodMs }) => FieldChecks.Invalid("period", "must be from 1ms to 366d"),
        _ => null,
    };

    private static Fault? CheckBurst(LimitBody body, LimitKind kind) => body.Burst is not null && kind != LimitKind.TokenBucket
        ? FieldChecks.Invalid("burst", "goes with tokenBucket only")
        : FieldChecks.Whole("burst", body.Burst, 1, WireLimits.Permits);

    private static Fault? CheckAdaptive(LimitBody body)
    {
        if (body.Adaptive is not { } adaptive) return null;
        var fault = FieldChecks.Whole("adaptive.min", adaptive.Min, 1, WireLimits.Permits)
            ?? FieldChecks.Whole("adaptive.max", adaptive.Max, 1, WireLimits.Permits)
            ?? FieldChecks.Names("adaptive.on", adaptive.On, WireLimits.AdaptiveCodes);
        if (fault is not null) return fault;
        if (adaptive.Min > adaptive.Max) return FieldChecks.Invalid("adaptive.min", "must not be above max");
        return body.Limit < adaptive.Min || body.Limit > adaptive.Max ? FieldChecks.Invalid("limit", "must be from adaptive.min to adaptive.max") : null;
    }

    private static AdaptiveSpec? AdaptiveOf(AdaptiveOptions? options) => options is null
        ? null
        : new AdaptiveSpec(options.Min, options.Max, options.On ?? []) { Gradient = options.Gradient ?? true, IsFrozen = options.Frozen ?? false };

    private static AdaptiveOptions? AdaptiveOf(AdaptiveSpec? spec) => spec is null
        ? null
        : new AdaptiveOptions { Min = spec.Min, Max = spec.Max, On = spec.On, Gradient = spec.Gradient, Frozen = spec.IsFrozen };
}
