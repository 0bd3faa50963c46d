using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/settings</c>: one resource, which is always there.</summary>
internal sealed class SettingsResources(SiloOptions options)
    : TypedDescription<SettingsBody, NamespaceRule, SettingsBody>(ResourceKind.Settings, "settings", "settings")
{
    private static readonly NamespaceRule Defaults = new();

    /// <inheritdoc />
    public override Resource Default => new NamespaceRule { RetentionMs = (long)options.Retention.TotalMilliseconds };

    protected override Fault? Convert(SettingsBody body, out NamespaceRule? rule)
    {
        rule = null;
        var (fairness, charge) = (FairStrategy.Fair, FairCharge.Job);
        var fault = WireChoices.Fairness.Read("fairness", body.Fairness, out fairness)
            ?? WireChoices.Charge.Read("charge", body.Charge, out charge)
            ?? AtLeast("retention", body.Retention)
            ?? AtLeast("deadRetention", body.DeadRetention)
            ?? FieldChecks.Whole("maxDead", body.MaxDead, 1, WireLimits.DeadJobs);
        if (fault is not null) return fault;
        rule = new NamespaceRule
        {
            Fairness = fairness,
            Charge = charge,
            RetentionMs = body.Retention?.Milliseconds ?? (long)options.Retention.TotalMilliseconds,
            DeadRetentionMs = body.DeadRetention?.Milliseconds ?? 0,
            MaxDead = body.MaxDead ?? Defaults.MaxDead,
        };
        return rule.DeadRetentionMs > rule.RetentionMs ? FieldChecks.Invalid("deadRetention", "must not be longer than retention") : null;
    }

    private static Fault? AtLeast(string path, Duration? value) =>
        value is { Milliseconds: < WireLimits.RetentionMs } ? FieldChecks.Invalid(path, "must be at least 1h") : null;

    protected override SettingsBody DocumentOf(string name, NamespaceRule rule, ResourceFigures figures) => new()
    {
        Fairness = WireChoices.Fairness.NameOf(rule.Fairness),
        Charge = WireChoices.Charge.NameOf(rule.Charge),
        Retention = new Duration(rule.RetentionMs),
        DeadRetention = Spans.Of(rule.DeadRetentionMs),
        MaxDead = rule.MaxDead,
    };
}
