namespace Worcr.Protocol;

/// <summary>All tenants that somebody has said something about, by name.</summary>
/// <param name="Items">The tenants.</param>
public sealed record TenantList(IReadOnlyList<TenantDocument> Items);
