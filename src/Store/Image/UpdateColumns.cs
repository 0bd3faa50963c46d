namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Updates"/>, column by column: every mutable column, a job that was updated twice only as it is now.</summary>
internal sealed class UpdateColumns
{
    public UpdateColumns(IReadOnlyList<Job> updates)
    {
        var jobs = Last.Of(updates, job => job.Seq);
        Count = jobs.Count;
        (Seq, LaneId, State) = (new long[Count], new long[Count], new short[Count]);
        (ReadyAt, DueAt, AlarmAt, ExpiresAt) = (new long[Count], new(Count, 0), new(Count, 0), new(Count, 0));
        (Attempt, Yields, Fails) = (new int[Count], new(Count, 0), new(Count, 0));
        (Checkpoints, Progress, Attempts) = (new(Count, null), new(Count, null), new(Count, null));
        for (var i = 0; i < Count; i++) Read(i, jobs[i]);
    }

    public int Count { get; }
    public long[] Seq { get; }
    public long[] LaneId { get; }
    public short[] State { get; }
    public long[] ReadyAt { get; }
    public SparseColumn<long> DueAt { get; }
    public SparseColumn<long> AlarmAt { get; }
    public SparseColumn<long> ExpiresAt { get; }
    public int[] Attempt { get; }
    public SparseColumn<int> Yields { get; }
    public SparseColumn<int> Fails { get; }
    public SparseColumn<byte[]?> Checkpoints { get; }
    public SparseColumn<byte[]?> Progress { get; }
    public SparseColumn<byte[]?> Attempts { get; }

    private void Read(int i, Job job)
    {
        Seq[i] = job.Seq;
        LaneId[i] = job.LaneId;
        State[i] = (short)job.State;
        ReadyAt[i] = job.ReadyAt;
        DueAt[i] = job.DueAt;
        AlarmAt[i] = job.AlarmAt;
        ExpiresAt[i] = job.ExpiresAt;
        Attempt[i] = job.Attempt;
        Yields[i] = job.Yields;
        Fails[i] = job.Fails;
        Checkpoints[i] = job.Checkpoints;
        Progress[i] = job.Progress;
        Attempts[i] = job.Attempts;
    }
}
