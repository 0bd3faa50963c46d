using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/settings</c>: one resource, which is always there.</summary>
internal sealed class SettingsResources(SiloOptions options)
    : TypedDescription<SettingsBody, NamespaceRule, SettingsBody>(ResourceKind.Settings, "settings", "settings")
{
    /// <inheritdoc />
    public override Resource Default => new NamespaceRule { RetentionMs = (long)options.Retention.TotalMilliseconds };

    protected override Fault? Convert(SettingsBody body, out NamespaceRule? rule)
    {
        rule = null;
        var (fairness, charge) = (FairStrategy.Fair, FairCharge.Job);
        var fault = WireChoices.Fairness.Read("fairness", body.Fairness, out fairness)
            ?? WireChoices.Charge.Read("charge", body.Charge, out charge)
            ?? (body.Retention is { Milliseconds: < WireLimits.RetentionMs } ? FieldChecks.Invalid("retention", "must be at least 1h") : null);
        if (fault is not null) return fault;
        rule = new NamespaceRule { Fairness = fairness, Charge = charge, RetentionMs = body.Retention?.Milliseconds ?? (long)options.Retention.TotalMilliseconds };
        return null;
    }

    protected override SettingsBody DocumentOf(string name, NamespaceRule rule, ResourceFigures figures) => new()
    {
        Fairness = WireChoices.Fairness.NameOf(rule.Fairness),
        Charge = WireChoices.Charge.NameOf(rule.Charge),
        Retention = new Duration(rule.RetentionMs),
    };
}
