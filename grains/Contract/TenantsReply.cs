namespace Worcr.Grains;

/// <summary>The tenants asked for, by name.</summary>
/// <param name="Items">Names and settings.</param>
/// <param name="Created">Whether a put made a new one.</param>
/// <param name="Refusal">Why nothing was changed, or null.</param>
public sealed record TenantsReply(IReadOnlyList<KeyValuePair<string, TenantSettings>> Items, bool Created = false, Refusal? Refusal = null);
