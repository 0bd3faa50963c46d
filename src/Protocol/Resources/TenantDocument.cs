namespace Worcr.Protocol;

/// <summary>A tenant as it is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Relative entitlement.</param>
public sealed record TenantDocument(string Name, double Share);
