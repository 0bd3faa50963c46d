namespace Worcr.Protocol;

/// <summary>What an operator says about a tenant: the body of <c>PUT /v1/tenants/{name}</c>.</summary>
public sealed record TenantRequest
{
    /// <summary>The name in the path again, or absent.</summary>
    public string? Name { get; init; }

    /// <summary>Relative entitlement, 0.000001 to 1,000,000. Default: 1.</summary>
    public double? Share { get; init; }
}
