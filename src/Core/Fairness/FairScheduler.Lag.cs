namespace Worcr.Core.Fairness;

/// <summary>How tenants stand, for people.</summary>
public sealed partial class FairScheduler
{
    /// <summary>A tenant's virtual time less the namespace's, in jobs of weight 1 and share 1: above 0 it waits longer than others, below 0 it is served soon.</summary>
    public double LagOf(FairTenant tenant) => VirtualTime.Difference(tenant.Time, _order.Now);
}
