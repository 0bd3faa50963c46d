using Worcr.Store.Image;

namespace Worcr.Store;

/// <summary>
/// Everything that one or more turns of a dispatcher changed: written whole or not at all. At most two flushes of a namespace are
/// under way at once; the dispatcher never puts operations on the same job into two flushes under way, so they may commit in either order.
/// The order of the parts within a flush is the order of the properties.
/// </summary>
public sealed class Flush
{
    /// <summary>Whose flush this is; its epoch is asserted inside the transaction.</summary>
    public required Ownership Ownership { get; init; }

    /// <summary>Number of the flush, growing by one; the key of its journal row.</summary>
    public required long Number { get; init; }

    /// <summary>The dispatcher's time, Unix milliseconds; for bookkeeping only: outcomes carry their own times.</summary>
    public required long Now { get; init; }

    /// <summary>Lanes used for the first time.</summary>
    public List<LaneRecord> Lanes { get; } = [];

    /// <summary>Finished jobs to remove from the history: those among <see cref="Inserts"/> live again, the others are forgotten.</summary>
    public List<long> Revivals { get; } = [];

    /// <summary>New jobs, in states ready, scheduled (or retry, when revived).</summary>
    public List<Job> Inserts { get; } = [];

    /// <summary>New state of live jobs: every mutable column is written.</summary>
    public List<Job> Updates { get; } = [];

    /// <summary>New checkpoints and progress of running jobs.</summary>
    public List<JobNotes> Notes { get; } = [];

    /// <summary>Jobs that finished: moved from the live jobs to the history.</summary>
    public List<JobOutcome> Outcomes { get; } = [];

    /// <summary>Leases given: one journal row a flush, whatever their number.</summary>
    public List<LeaseEntry> Leases { get; } = [];

    /// <summary>Change of the number of stored jobs per strand (rows without a due time, leased or not); in the same journal row.</summary>
    public List<StrandDelta> Strands { get; } = [];

    /// <summary>Uses of limits, in their order; in the same journal row.</summary>
    public List<PermitUse> Permits { get; } = [];

    /// <summary>Folds the journal, when set: no other flush is under way then.</summary>
    public JournalFold? Fold { get; set; }

    /// <summary>Unique keys taken (replacing whoever had them).</summary>
    public List<UniqueLock> LocksTaken { get; } = [];

    /// <summary>Unique keys given back; only where the named job still holds them.</summary>
    public List<UniqueRelease> LocksReleased { get; } = [];

    /// <summary>Resources (rules, tenants, ...) put or deleted.</summary>
    public List<ResourceChange> Resources { get; } = [];

    /// <summary>What the first <see cref="IJobStore.CommitAsync"/> read: a repeated one writes the same, although the jobs have changed since.</summary>
    internal FlushImage? Image { get; set; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty =>
        Lanes.Count == 0 && Revivals.Count == 0 && Inserts.Count == 0 && Updates.Count == 0 && Notes.Count == 0 && Outcomes.Count == 0
        && Leases.Count == 0 && Strands.Count == 0 && Permits.Count == 0 && Fold is null && LocksTaken.Count == 0 && LocksReleased.Count == 0 && Resources.Count == 0;
}
