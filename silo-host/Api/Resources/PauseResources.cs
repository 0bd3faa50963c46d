using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/pauses</c></summary>
internal sealed class PauseResources(TimeProvider time) : TypedDescription<PauseBody, PauseRule, PauseDocument>(ResourceKind.Pause, "pauses", "pause")
{
    protected override Fault? Convert(PauseBody body, out PauseRule? rule)
    {
        rule = null;
        if (RuleMatches.Read(body.Match, out var match) is { } wrong) return wrong;
        var fault = ExpiringRules.Read(body, time, out var expiresAt);
        rule = new PauseRule(match, expiresAt);
        return fault;
    }

    protected override PauseDocument DocumentOf(string name, PauseRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Match = RuleMatches.Write(rule.Match),
        ExpiresAt = WireTime.From(rule.ExpiresAt),
        State = figures.Running > 0 ? WireChoices.Pausing : WireChoices.Paused,
        Hits = figures.Hits,
        Waiting = figures.Waiting,
        Running = figures.Running,
        Warnings = figures.Warnings,
    };
}
