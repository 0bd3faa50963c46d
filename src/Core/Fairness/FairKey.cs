namespace Worcr.Core.Fairness;

/// <summary>Where a lane stands among all, smallest first: its tenant's place, then, among the lanes of a tenant, its own.</summary>
internal readonly record struct FairKey(UInt128 Tenant, UInt128 Lane) : IComparable<FairKey>
{
    public int CompareTo(FairKey other)
    {
        var byTenant = Tenant.CompareTo(other.Tenant);
        return byTenant != 0 ? byTenant : Lane.CompareTo(other.Lane);
    }

    public bool IsBefore(FairKey other) => Tenant < other.Tenant || (Tenant == other.Tenant && Lane < other.Lane);

    /// <summary>The same, but not before <paramref name="floor"/>.</summary>
    public FairKey NotBefore(UInt128 floor) => Tenant < floor ? this with { Tenant = floor } : this;
}
