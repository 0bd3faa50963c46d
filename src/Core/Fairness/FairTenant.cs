namespace Worcr.Core.Fairness;

/// <summary>A tenant as the scheduler sees it.</summary>
public class FairTenant(string name)
{
    private FairStall? _first;

    /// <summary>The tenant's name.</summary>
    public string Name { get; } = name;

    /// <summary>Relative entitlement, above 0. Counts from the next choice. Default: 1.</summary>
    public double Share
    {
        get;
        set
        {
            field = value;
            OfferAll();
        }
    } = 1;

    /// <summary>Its lanes that are active now.</summary>
    public int ActiveLanes { get; internal set; }

    /// <summary>Its jobs that run: charged and not ended.</summary>
    public int Running { get; internal set; }

    /// <summary>Its virtual time; <see cref="FairOrder.SetTime"/> changes it.</summary>
    internal UInt128 Time { get; set; }

    /// <summary>Where its time stands among all, see <see cref="FairOrder.Enter"/>; below 0: it has no stall.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>What it was charged too much: its next steps use that up first.</summary>
    internal UInt128 Credit { get; set; }

    /// <summary>The virtual time of its lanes: where one that becomes active starts.</summary>
    internal UInt128 LaneTime { get; set; }

    /// <summary>The latest virtual time any of its lanes has come to.</summary>
    internal UInt128 LastLaneTime { get; set; }

    /// <summary>Its place may be further in front now: everything of it is offered again.</summary>
    internal void OfferAll()
    {
        for (var stall = _first; stall is not null; stall = stall.Next) stall.Offer();
    }

    /// <summary>Whether it has a stall.</summary>
    internal bool HasStalls => _first is not null;

    internal void Add(FairStall stall)
    {
        stall.Next = _first;
        if (_first is { } second) second.Previous = stall;
        _first = stall;
    }

    internal void Remove(FairStall stall)
    {
        if (stall.Previous is { } previous) previous.Next = stall.Next;
        else _first = stall.Next;
        if (stall.Next is { } next) next.Previous = stall.Previous;
    }
}
