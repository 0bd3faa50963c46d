namespace Worcr.Grains;

/// <summary>What an operator says about a tenant.</summary>
/// <param name="Share">Relative entitlement, above 0, at most 1,000,000. Default: 1.</param>
public sealed record TenantSettings(double Share = 1);
