namespace Worcr.Grains;

/// <summary>Puts, deletes or reads tenants.</summary>
public abstract record TenantsRequest
{
    /// <summary>Puts one.</summary>
    public sealed record Put(string Name, TenantSettings Settings) : TenantsRequest;

    /// <summary>Deletes one: its jobs run on with the defaults.</summary>
    public sealed record Delete(string Name) : TenantsRequest;

    /// <summary>Reads one (null: all).</summary>
    public sealed record Read(string? Name) : TenantsRequest;
}
