namespace Worcr.Core.Fairness;

/// <summary>
/// Something that lanes may have to wait for: a limit's key, a pause, a tenant's maximum, an ordered key. Lanes behind a closed gate are
/// not chosen, and cost nothing.
/// </summary>
/// <param name="rank">How special it is: 0 is the most general. General gates should be few: turning a gate costs as much as there are lists of gates up to it.</param>
/// <param name="order">Orders gates of equal rank (ordinal).</param>
public sealed class FairGate(int rank, string order)
{
    /// <summary>How special it is: 0 is the most general.</summary>
    public int Rank { get; } = rank;

    /// <summary>Orders gates of equal rank.</summary>
    public string Order { get; } = order;

    /// <summary>Whether lanes may pass. A new gate is open.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Active lanes that have to pass it; while it is closed, they wait (perhaps not for it alone).</summary>
    public int ActiveLanes { get; internal set; }

    /// <summary>The branches of the tries that it is a step of.</summary>
    internal List<FairBranch> Branches { get; } = [];

    /// <summary>Lanes behind it may be chosen. Nothing happens when it was open.</summary>
    public void Open()
    {
        if (IsOpen) return;
        IsOpen = true;
        foreach (var branch in Branches) branch.Opened();
    }

    /// <summary>No lane behind it may be chosen until it is opened. Nothing happens when it was closed.</summary>
    public void Close()
    {
        if (!IsOpen) return;
        IsOpen = false;
        foreach (var branch in Branches) branch.Closed++;
    }

    /// <summary>From the most general to the most special.</summary>
    internal static int Compare(FairGate one, FairGate other)
    {
        var byRank = one.Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : string.CompareOrdinal(one.Order, other.Order);
    }
}
