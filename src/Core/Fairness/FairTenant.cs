namespace Worcr.Core.Fairness;

/// <summary>A tenant as the scheduler sees it.</summary>
public sealed class FairTenant(string name)
{
    /// <summary>The tenant's name.</summary>
    public string Name { get; } = name;

    /// <summary>Relative entitlement, above 0. Default: 1.</summary>
    public double Share { get; set; } = 1;

    /// <summary>Its lanes that may be chosen from now.</summary>
    public int ActiveLanes { get; internal set; }

    internal UInt128 Time { get; set; }

    /// <summary>The virtual time of its lanes: where one that becomes active starts.</summary>
    internal UInt128 LaneTime { get; set; }

    /// <summary>The latest virtual time any of its lanes has come to.</summary>
    internal UInt128 LastLaneTime { get; set; }
}
