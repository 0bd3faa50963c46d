namespace Worcr.Core.Fairness;

/// <summary>Who waited below a branch for long starts beside the others: nobody there stands before these times. Few branches have one.</summary>
internal sealed class FairLift
{
    /// <summary>For tenants.</summary>
    public UInt128 Tenant { get; set; }

    /// <summary>For the lanes of a tenant.</summary>
    public UInt128 Lane { get; set; }
}
