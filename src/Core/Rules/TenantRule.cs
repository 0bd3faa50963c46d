namespace Worcr.Core.Rules;

/// <summary>What an operator says about a tenant.</summary>
/// <param name="Share">Relative entitlement, above 0, at most 1,000,000. Default: 1.</param>
public sealed record TenantRule(double Share = 1) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Tenant;

    /// <summary>The largest effective weight a job of the tenant can have; 0: no bound.</summary>
    public double MaxWeight { get; init; }

    /// <summary>How many of its jobs run at once at most; 0: no bound.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>Whether none of its jobs is started.</summary>
    public bool IsPaused { get; init; }
}
