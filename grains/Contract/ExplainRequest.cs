namespace Worcr.Grains;

/// <summary>Asks why something is (not) running.</summary>
public abstract record ExplainRequest
{
    /// <summary>A job.</summary>
    public sealed record OfJob(Guid Id) : ExplainRequest;

    /// <summary>A tenant: its lanes, the first ones.</summary>
    public sealed record OfTenant(string Tenant) : ExplainRequest;

    /// <summary>Lanes that match, those with most ready jobs first. Null parts match everything.</summary>
    public sealed record OfLanes(string? Type, string? Tenant, string? Queue, string? Tag, int Limit) : ExplainRequest;
}
