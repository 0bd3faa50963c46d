namespace Worcr.Protocol;

/// <summary>How a tenant stands, and what its lanes wait for.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Lanes">Its lanes, those with most ready jobs first, at most 100.</param>
public sealed record TenantExplainDocument(TenantStanding Tenant, IReadOnlyList<LaneDocument> Lanes);
