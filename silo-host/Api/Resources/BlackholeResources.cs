using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/blackholes</c></summary>
internal sealed class BlackholeResources(TimeProvider time) : TypedDescription<BlackholeBody, BlackholeRule, BlackholeDocument>(ResourceKind.Blackhole, "blackholes", "blackhole")
{
    protected override Fault? Convert(BlackholeBody body, out BlackholeRule? rule)
    {
        rule = null;
        if (RuleMatches.Read(body.Match, out var match) is { } wrong) return wrong;
        var fault = ExpiringRules.Read(body, time, out var expiresAt);
        rule = new BlackholeRule(match, expiresAt);
        return fault;
    }

    protected override BlackholeDocument DocumentOf(string name, BlackholeRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Match = RuleMatches.Write(rule.Match),
        ExpiresAt = WireTime.From(rule.ExpiresAt),
        Hits = figures.Hits,
        Waiting = figures.Waiting,
        Running = figures.Running,
        Warnings = figures.Warnings,
    };
}
