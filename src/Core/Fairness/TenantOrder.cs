using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Worcr.Core.Fairness;

/// <summary>
/// The tenants with active lanes by virtual time: one sorted list for all classes, in blocks, each with the set of kinds in it, so that a
/// class passes over what is not for it, a block at a time.
/// </summary>
internal sealed class TenantOrder
{
    private readonly List<TenantBlock> _blocks = [];
    private readonly List<Vector256<ulong>> _kinds = [];
    private long _lastTicket;

    public void Add(FairTenant tenant)
    {
        tenant.Ticket = ++_lastTicket;
        if (_blocks.Count == 0) AddBlock(0, new TenantBlock());
        var index = Math.Max(0, Find(tenant));
        if (_blocks[index].IsFull)
        {
            AddBlock(index + 1, _blocks[index].Split());
            _kinds[index] = _blocks[index].Kinds;
            if (_blocks[index + 1].StartsBefore(tenant)) index++;
        }

        _blocks[index].Add(tenant);
        _kinds[index] |= tenant.Kinds;
    }

    /// <summary>Takes a tenant out; its virtual time and kinds must be as they were.</summary>
    public void Remove(FairTenant tenant)
    {
        var index = Find(tenant);
        var block = _blocks[index];
        block.Remove(tenant);
        _kinds[index] = block.Kinds;
        if (block.Count > 0) return;
        _blocks.RemoveAt(index);
        _kinds.RemoveAt(index);
    }

    /// <summary>The tenant's lanes are of other kinds now.</summary>
    public void KindsChanged(FairTenant tenant)
    {
        var index = Find(tenant);
        _blocks[index].KindsChanged(tenant);
        _kinds[index] = _blocks[index].Kinds;
    }

    /// <summary>The lane to serve of the first tenant that has one for the class, or null.</summary>
    public FairLane? Choose(FairClass workers)
    {
        var wanted = workers.Kinds;
        var kinds = CollectionsMarshal.AsSpan(_kinds);
        for (var i = 0; i < kinds.Length; i++)
        {
            if ((kinds[i] & wanted) != Vector256<ulong>.Zero && _blocks[i].Choose(workers) is { } lane) return lane;
        }

        return null;
    }

    private void AddBlock(int index, TenantBlock block)
    {
        _blocks.Insert(index, block);
        _kinds.Insert(index, block.Kinds);
    }

    /// <summary>The last block that starts at or before the tenant; -1: none does.</summary>
    private int Find(FairTenant tenant)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_blocks[middle].StartsBefore(tenant)) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
