namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Notes"/>, column by column: one row a job, the newest of each part.</summary>
internal sealed class NoteColumns
{
    public NoteColumns(IReadOnlyList<JobNotes> notes)
    {
        var rows = new Dictionary<long, int>(notes.Count);
        foreach (var note in notes) rows.TryAdd(note.Seq, rows.Count);
        Seq = [.. rows.Keys];
        (Checkpoints, Progress) = (new byte[]?[Seq.Length], new byte[]?[Seq.Length]);
        foreach (var note in notes)
        {
            var row = rows[note.Seq];
            Checkpoints[row] = note.Checkpoints ?? Checkpoints[row];
            Progress[row] = note.Progress ?? Progress[row];
        }
    }

    public long[] Seq { get; }
    public byte[]?[] Checkpoints { get; }
    public byte[]?[] Progress { get; }
}
