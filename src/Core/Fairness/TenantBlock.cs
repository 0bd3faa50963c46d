using System.Runtime.Intrinsics;

namespace Worcr.Core.Fairness;

/// <summary>Some tenants that follow each other in the order of virtual time, and of their tickets where that is equal.</summary>
internal sealed class TenantBlock
{
    private const int Size = 32;

    private readonly (UInt128 Time, long Ticket, FairTenant Tenant)[] _places = new (UInt128, long, FairTenant)[Size];
    private readonly Vector256<ulong>[] _kinds = new Vector256<ulong>[Size];

    public int Count { get; private set; }

    public bool IsFull => Count == Size;

    /// <summary>The kinds of all active lanes of its tenants.</summary>
    public Vector256<ulong> Kinds
    {
        get
        {
            var all = Vector256<ulong>.Zero;
            foreach (var kinds in _kinds.AsSpan(0, Count)) all |= kinds;
            return all;
        }
    }

    /// <summary>Whether the tenant's place is not before this block.</summary>
    public bool StartsBefore(FairTenant tenant) => Count > 0 && IsAtOrBefore(0, tenant);

    public void Add(FairTenant tenant)
    {
        var index = Find(tenant) + 1;
        Array.Copy(_places, index, _places, index + 1, Count - index);
        Array.Copy(_kinds, index, _kinds, index + 1, Count - index);
        _places[index] = (tenant.Time, tenant.Ticket, tenant);
        _kinds[index] = tenant.Kinds;
        Count++;
    }

    public void Remove(FairTenant tenant)
    {
        var index = Find(tenant);
        Count--;
        Array.Copy(_places, index + 1, _places, index, Count - index);
        Array.Copy(_kinds, index + 1, _kinds, index, Count - index);
        _places[Count] = default;
    }

    public void KindsChanged(FairTenant tenant) => _kinds[Find(tenant)] = tenant.Kinds;

    /// <summary>Gives the later half away.</summary>
    public TenantBlock Split()
    {
        var later = new TenantBlock();
        var half = Count / 2;
        later.Count = Count - half;
        Array.Copy(_places, half, later._places, 0, later.Count);
        Array.Copy(_kinds, half, later._kinds, 0, later.Count);
        Array.Clear(_places, half, later.Count);
        Count = half;
        return later;
    }

    public FairLane? Choose(FairClass workers)
    {
        var wanted = workers.Kinds;
        for (var i = 0; i < Count; i++)
        {
            if ((_kinds[i] & wanted) != Vector256<ulong>.Zero && _places[i].Tenant.Top(workers) is { } lane) return lane;
        }

        return null;
    }

    /// <summary>The last place at or before the tenant's; -1: none is.</summary>
    private int Find(FairTenant tenant)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (IsAtOrBefore(middle, tenant)) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    private bool IsAtOrBefore(int index, FairTenant tenant)
    {
        ref readonly var place = ref _places[index];
        return place.Time < tenant.Time || (place.Time == tenant.Time && place.Ticket <= tenant.Ticket);
    }
}
