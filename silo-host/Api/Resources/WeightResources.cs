using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/weights</c></summary>
internal sealed class WeightResources() : TypedDescription<WeightBody, WeightRule, WeightDocument>(ResourceKind.Weight, "weights", "weight")
{
    protected override Fault? Convert(WeightBody body, out WeightRule? rule)
    {
        rule = null;
        if (body.Function is not null) return FieldChecks.NoFunctions("function");
        if (RuleMatches.Read(body.Match, out var match) is { } fault) return fault;
        if (body.Factor is not { } factor) return FieldChecks.Invalid("factor", "is required");
        rule = new WeightRule(match, factor);
        return FieldChecks.Range("factor", factor, WireLimits.MinWeight, WireLimits.MaxWeight);
    }

    protected override WeightDocument DocumentOf(string name, WeightRule rule, ResourceFigures figures) =>
        new() { Name = name, Match = RuleMatches.Write(rule.Match), Factor = rule.Factor, Warnings = figures.Warnings };
}
