namespace Worcr.Protocol;

/// <summary>What holds for a tenant: the body of <c>PUT /v1/tenants/{name}</c>.</summary>
public record TenantBody : ResourceBody
{
    /// <summary>Relative entitlement, 0.000001 to 1,000,000. Default: 1.</summary>
    public double? Share { get; init; }

    /// <summary>The largest effective weight that a job of the tenant can have, 0.000001 to 1,000,000. Default: no bound.</summary>
    public double? MaxWeight { get; init; }

    /// <summary>How many of its jobs run at once at most, 1 to 1,000,000,000. Default: no bound.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Whether none of its jobs is started. Default: false.</summary>
    public bool? Paused { get; init; }
}
