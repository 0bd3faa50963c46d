using Worcr.Core.Fairness;

namespace Worcr.Core.Rules;

/// <summary>What holds for a namespace as a whole.</summary>
public sealed record NamespaceRule : Resource
{
    /// <summary>The name of the only resource of this kind.</summary>
    public const string Name = "settings";

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Settings;

    /// <summary>How the next job is chosen. Default: <see cref="FairStrategy.Fair"/>.</summary>
    public FairStrategy Fairness { get; init; }

    /// <summary>What a job costs its tenant. Default: one job is one.</summary>
    public FairCharge Charge { get; init; }

    /// <summary>How long finished jobs, logs and results are kept, in milliseconds. Default: 7 days.</summary>
    public long RetentionMs { get; init; } = 7L * 86_400_000;

    /// <summary>How long dead jobs are kept, in milliseconds, if that is shorter; 0: as long as the others.</summary>
    public long DeadRetentionMs { get; init; }

    /// <summary>How many dead jobs are kept, at least 1. Default: 100,000.</summary>
    public int MaxDead { get; init; } = 100_000;
}
