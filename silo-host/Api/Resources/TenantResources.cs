using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/tenants</c></summary>
internal sealed class TenantResources() : TypedDescription<TenantBody, TenantRule, TenantDocument>(ResourceKind.Tenant, "tenants", "tenant")
{
    protected override Fault? Convert(TenantBody body, out TenantRule? rule)
    {
        rule = new TenantRule(body.Share ?? 1) { MaxWeight = body.MaxWeight ?? 0, MaxConcurrency = body.MaxConcurrency ?? 0, IsPaused = body.Paused ?? false };
        return FieldChecks.Range("share", body.Share, WireLimits.MinWeight, WireLimits.MaxWeight)
            ?? FieldChecks.Range("maxWeight", body.MaxWeight, WireLimits.MinWeight, WireLimits.MaxWeight)
            ?? FieldChecks.Whole("maxConcurrency", body.MaxConcurrency, 1, WireLimits.Permits);
    }

    protected override TenantDocument DocumentOf(string name, TenantRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Share = rule.Share,
        MaxWeight = rule.MaxWeight > 0 ? rule.MaxWeight : null,
        MaxConcurrency = rule.MaxConcurrency > 0 ? rule.MaxConcurrency : null,
        Paused = rule.IsPaused,
        Waiting = figures.Waiting,
        Running = figures.Running,
        Warnings = figures.Warnings,
    };
}
