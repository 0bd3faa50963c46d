using Worcr.Core.Fairness;

namespace Worcr.Grains.Tenants;

/// <summary>A tenant in the dispatcher's memory.</summary>
internal sealed class TenantGrain(string name)
{
    public FairTenant Fair { get; } = new(name);

    public JobCounts Counts { get; } = new();

    /// <summary>Lanes of the tenant in memory.</summary>
    public int Lanes { get; set; }
}
