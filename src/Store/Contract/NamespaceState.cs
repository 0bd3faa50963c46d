namespace Worcr.Store;

/// <summary>What a dispatcher reads when it starts.</summary>
public sealed class NamespaceState
{
    /// <summary>The highest sequence number ever given out (live or in the history), or the namespace's first id - 1.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The highest lane id ever given out, or the namespace's first id - 1.</summary>
    public required long LastLaneId { get; init; }

    /// <summary>The highest journal number, or 0.</summary>
    public required long LastFlush { get; init; }

    /// <summary>The lanes of all <see cref="Strands"/> and <see cref="OpenLeases"/>; <see cref="WaitingStrand"/> has none.</summary>
    public required IReadOnlyList<LaneRecord> Lanes { get; init; }

    /// <summary>Strands with at least one stored job, <see cref="WaitingStrand"/> included: folded counts plus the journal's deltas.</summary>
    public required IReadOnlyList<StrandCount> Strands { get; init; }

    /// <summary>Strands without jobs whose folded count or deltas still say something else each: the first fold has to write them as 0.</summary>
    public IReadOnlyList<StrandCount> EmptiedStrands { get; init; } = [];

    /// <summary>Leases that are open, with their jobs.</summary>
    public required IReadOnlyList<OpenLease> OpenLeases { get; init; }

    /// <summary>The limits' states as of the last fold.</summary>
    public required IReadOnlyList<LimitState> LimitStates { get; init; }

    /// <summary>
    /// Uses of limits, in the order of the flushes: the held ones of the last fold, then every use since. Permits of leases that are
    /// no longer open are left out.
    /// </summary>
    public required IReadOnlyList<PermitUse> Permits { get; init; }

    /// <summary>All resources of the namespace.</summary>
    public required IReadOnlyList<ResourceChange> Resources { get; init; }
}
