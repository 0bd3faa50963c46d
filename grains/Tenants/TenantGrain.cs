using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Core.Time;

namespace Worcr.Grains.Tenants;

/// <summary>A tenant in the dispatcher's memory.</summary>
internal sealed class TenantGrain(string name) : FairTenant(name)
{
    /// <summary>What an operator says about it.</summary>
    public TenantRule Rule { get; set; } = new();

    /// <summary>Holds its lanes back while it is paused.</summary>
    public FairGate Pause { get; } = new((int)LimitKeySource.Tenant, "tenant\n" + name);

    public JobCounts Counts { get; } = new();

    /// <summary>How many of its jobs started in the last minute.</summary>
    public RecentCount Served { get; } = new();

    /// <summary>Lanes of the tenant in memory.</summary>
    public int Lanes { get; set; }
}
