using Worcr.Store.Journal;

namespace Worcr.Store.Image;

/// <summary>
/// A flush as columns, ready for set-based statements. Made on the caller's thread before <see cref="IJobStore.CommitAsync"/> returns, because the jobs in
/// a flush go on changing in the dispatcher's memory while the flush is under way. Parts that are absent are null.
/// </summary>
internal sealed class FlushImage
{
    private FlushImage(Flush flush)
    {
        if (flush.Fold is { } fold && fold.Below > flush.Number) throw new ArgumentException("a fold must not include the journal row of its own flush", nameof(flush));
        Ownership = flush.Ownership;
        Number = flush.Number;
        Lanes = flush.Lanes.Count == 0 ? null : new LaneColumns(Last.Of(flush.Lanes, l => l.LaneId));
        Revivals = flush.Revivals.Count == 0 ? null : [.. flush.Revivals];
        Inserts = flush.Inserts.Count == 0 ? null : new InsertColumns(flush.Inserts);
        Updates = flush.Updates.Count == 0 ? null : UpdateColumns.Of(flush.Updates);
        Notes = flush.Notes.Count == 0 ? null : new NoteColumns(flush.Notes);
        Outcomes = flush.Outcomes.Count == 0 ? null : new OutcomeColumns(flush.Outcomes);
        Journal = JournalRow.Of(flush);
        Fold = flush.Fold is null ? null : new FoldColumns(flush.Fold);
        Locks = flush.LocksTaken.Count + flush.LocksReleased.Count == 0 ? null : new LockColumns(flush.LocksTaken, flush.LocksReleased);
        Resources = flush.Resources.Count == 0 ? null : new ResourceColumns(flush.Resources);
    }

    /// <summary>The image of a flush: made once.</summary>
    public static FlushImage Of(Flush flush) => flush.Image ??= new FlushImage(flush);

    public Ownership Ownership { get; }
    public long Number { get; }
    public LaneColumns? Lanes { get; }
    public long[]? Revivals { get; }
    public InsertColumns? Inserts { get; }
    public UpdateColumns? Updates { get; }
    public NoteColumns? Notes { get; }
    public OutcomeColumns? Outcomes { get; }
    public JournalRow? Journal { get; }
    public FoldColumns? Fold { get; }
    public LockColumns? Locks { get; }
    public ResourceColumns? Resources { get; }
}
