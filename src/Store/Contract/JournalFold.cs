namespace Worcr.Store;

/// <summary>Replaces the journal rows below a number by their sum.</summary>
/// <param name="Below">Journal rows with a lower number are removed; the flush's own row stays.</param>
/// <param name="OpenLeases">All leases open before this flush; they become one journal row at <c>Below - 1</c>.</param>
/// <param name="Counts">The whole count of every strand that changed since the last fold, before this flush's own deltas; 0 removes its record.</param>
public sealed record JournalFold(long Below, IReadOnlyList<LeaseEntry> OpenLeases, IReadOnlyList<StrandCount> Counts)
{
    /// <summary>The states of all limits' keys before this flush: they replace those of the last fold and the uses of rates since. In the same journal row.</summary>
    public IReadOnlyList<LimitState> Limits { get; init; } = [];

    /// <summary>All permits that <see cref="OpenLeases"/> hold. In the same journal row.</summary>
    public IReadOnlyList<PermitUse> Held { get; init; } = [];
}
