namespace Worcr.Testing.Model;

/// <summary>A flush as it was when it was handed over: its jobs go on changing in the dispatcher's memory.</summary>
internal sealed class ModelFlush(Flush flush)
{
    public Ownership Ownership { get; } = flush.Ownership;
    public long Number { get; } = flush.Number;
    public LaneRecord[] Lanes { get; } = [.. flush.Lanes];
    public long[] Revivals { get; } = [.. flush.Revivals];
    public Job[] Inserts { get; } = [.. flush.Inserts.Select(j => ModelJob.Copy(j, j.Args))];
    public Job[] Updates { get; } = [.. flush.Updates.Select(j => ModelJob.Copy(j, j.Args))];
    public JobNotes[] Notes { get; } = [.. flush.Notes];
    public JobOutcome[] Outcomes { get; } = [.. flush.Outcomes];
    public LeaseEntry[] Leases { get; } = [.. flush.Leases];
    public StrandDelta[] Strands { get; } = [.. flush.Strands];
    public PermitUse[] Permits { get; } = [.. flush.Permits];
    public JournalFold? Fold { get; } = flush.Fold is null ? null : Copy(flush.Fold);
    public UniqueLock[] LocksTaken { get; } = [.. flush.LocksTaken];
    public UniqueRelease[] LocksReleased { get; } = [.. flush.LocksReleased];
    public ResourceChange[] Resources { get; } = [.. flush.Resources];

    private static JournalFold Copy(JournalFold fold) => fold with
    {
        OpenLeases = [.. fold.OpenLeases],
        Counts = [.. fold.Counts],
        Limits = [.. fold.Limits.Select(l => l with { State = [.. l.State] })],
        Held = [.. fold.Held],
    };
}
