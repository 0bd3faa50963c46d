namespace Worcr.Core.Fairness;

/// <summary>Where a lane stands among all: its tenant's virtual time, then, among the lanes of a tenant, its own.</summary>
internal readonly record struct FairKey(UInt128 Tenant, UInt128 Lane) : IComparable<FairKey>
{
    /// <summary>Behind everything.</summary>
    public static FairKey Nowhere { get; } = new(UInt128.MaxValue, UInt128.MaxValue);

    public int CompareTo(FairKey other)
    {
        var byTenant = Tenant.CompareTo(other.Tenant);
        return byTenant != 0 ? byTenant : Lane.CompareTo(other.Lane);
    }

    public bool IsBefore(FairKey other) => CompareTo(other) < 0;
}
