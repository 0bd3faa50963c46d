using System.Runtime.Intrinsics;

namespace Worcr.Core.Fairness;

/// <summary>A tenant as the scheduler sees it.</summary>
public sealed class FairTenant(string name)
{
    private readonly List<TenantLanes> _kinds = [];

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

    /// <summary>Orders tenants of equal virtual time: first come, first served.</summary>
    internal long Ticket { get; set; }

    /// <summary>The kinds of its active lanes, see <see cref="FairKind.Bit"/>.</summary>
    internal Vector256<ulong> Kinds { get; private set; }

    internal void Add(TenantLanes lanes)
    {
        _kinds.Add(lanes);
        Kinds |= lanes.Kind.Bit;
    }

    internal void Remove(TenantLanes lanes)
    {
        _kinds.Remove(lanes);
        Kinds = Vector256<ulong>.Zero;
        foreach (var left in _kinds) Kinds |= left.Kind.Bit;
    }

    /// <summary>Its lane with the smallest virtual time among those that the class may serve, or null.</summary>
    internal FairLane? Top(FairClass workers)
    {
        FairLane? best = null;
        foreach (var lanes in _kinds)
        {
            if (!workers.Takes(lanes.Kind)) continue;
            var top = lanes.Top();
            if (best is null || top.Time < best.Time) best = top;
        }

        return best;
    }
}
