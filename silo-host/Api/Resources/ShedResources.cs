using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/sheds</c></summary>
internal sealed class ShedResources(TimeProvider time) : TypedDescription<ShedBody, ShedRule, ShedDocument>(ResourceKind.Shed, "sheds", "shed")
{
    private const long DefaultDeferMs = 60_000;

    protected override Fault? Convert(ShedBody body, out ShedRule? rule)
    {
        rule = null;
        if (RuleMatches.Read(body.Match, out var match) is { } wrong) return wrong;
        var (action, expiresAt, of) = (default(ShedAction), 0L, default(RuleMatch));
        var fault = WireChoices.ShedAction.Read("action", body.Action, out action)
            ?? Check(body.When)
            ?? ReadOf(body.When, out of)
            ?? CheckDefer(body, action)
            ?? ExpiringRules.Read(body, time, out expiresAt);
        if (fault is not null) return fault;
        rule = new ShedRule(match, action)
        {
            Of = of,
            Backlog = body.When.Backlog ?? 0,
            OldestMs = body.When.Oldest?.Milliseconds ?? 0,
            Load = body.When.Load ?? 0,
            DeferMs = body.DeferFor?.Milliseconds ?? DefaultDeferMs,
            ExpiresAt = expiresAt,
        };
        return null;
    }

    protected override ShedDocument DocumentOf(string name, ShedRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Match = RuleMatches.Write(rule.Match),
        When = new ShedCondition
        {
            Backlog = rule.Backlog == 0 ? null : rule.Backlog,
            Oldest = Spans.Of(rule.OldestMs),
            Load = rule.Load > 0 ? rule.Load : null,
            Of = rule.Of is { } of ? RuleMatches.Write(of) : null,
        },
        Action = WireChoices.ShedAction.NameOf(rule.Action),
        DeferFor = rule.Action == ShedAction.Defer ? Spans.Of(rule.DeferMs) : null,
        ExpiresAt = WireTime.From(rule.ExpiresAt),
        Hits = figures.Hits,
        Waiting = figures.Waiting,
        Running = figures.Running,
        Warnings = figures.Warnings,
    };

    private static Fault? Check(ShedCondition when)
    {
        var given = (when.Backlog is null ? 0 : 1) + (when.Oldest is null ? 0 : 1) + (when.Load is null ? 0 : 1);
        if (given != 1) return FieldChecks.Invalid("when", "must have exactly one of backlog, oldest and load");
        return FieldChecks.Whole("when.backlog", when.Backlog, 1, WireLimits.Backlog)
            ?? FieldChecks.Longer("when.oldest", when.Oldest)
            ?? (when.Load is <= 0 or > 1 ? FieldChecks.Invalid("when.load", "must be above 0, and at most 1") : null);
    }

    private static Fault? ReadOf(ShedCondition when, out RuleMatch? of)
    {
        of = null;
        if (when.Of is null) return null;
        if (when.Load is not null) return FieldChecks.Invalid("when.of", "goes with backlog and oldest only");
        if (when.Of.Worker is not null) return FieldChecks.Invalid("when.of.worker", "means nothing here: jobs wait whoever the workers are");
        if (RuleMatches.Read(when.Of, out var match) is { } fault) return fault with { Path = fault.Path is { } path ? "when.of" + path["match".Length..] : null };
        of = match;
        return null;
    }

    private static Fault? CheckDefer(ShedBody body, ShedAction action) => body.DeferFor is not null && action != ShedAction.Defer
        ? FieldChecks.Invalid("deferFor", "goes with defer only")
        : FieldChecks.Longer("deferFor", body.DeferFor);
}
