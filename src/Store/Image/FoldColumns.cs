using Worcr.Store.Journal;

namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Fold"/>, column by column.</summary>
internal sealed class FoldColumns
{
    public FoldColumns(JournalFold fold)
    {
        Below = fold.Below;
        Journal = JournalRow.Of(fold);
        var counts = Last.Of(fold.Counts, c => (c.LaneId, c.Priority));
        LaneIds = [.. counts.Select(c => c.LaneId)];
        Priorities = [.. counts.Select(c => c.Priority)];
        Counts = [.. counts.Select(c => c.Count)];
    }

    public long Below { get; }
    public JournalRow Journal { get; }
    public long[] LaneIds { get; }
    public int[] Priorities { get; }
    public long[] Counts { get; }
}
