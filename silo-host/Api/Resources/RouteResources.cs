using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/routes</c></summary>
internal sealed class RouteResources() : TypedDescription<RouteBody, RouteRule, RouteDocument>(ResourceKind.Route, "routes", "route")
{
    protected override Fault? Convert(RouteBody body, out RouteRule? rule)
    {
        var fault = RuleMatches.Read(body.Match, out var match);
        rule = new RouteRule(match);
        return fault ?? (body.Effect == WireChoices.Prohibit ? null : FieldChecks.Invalid("effect", "must be prohibit"));
    }

    protected override RouteDocument DocumentOf(string name, RouteRule rule, ResourceFigures figures) =>
        new() { Name = name, Match = RuleMatches.Write(rule.Match), Effect = WireChoices.Prohibit, Warnings = figures.Warnings };
}
