namespace Worcr.Store.Image;

/// <summary>What inserts and updates of jobs both write, column by column.</summary>
internal abstract class JobColumns
{
    protected JobColumns(IReadOnlyList<Job> jobs)
    {
        Count = jobs.Count;
        (Seq, LaneId, State) = (new long[Count], new long[Count], new(Count, (short)JobState.Ready));
        (DueAt, AlarmAt, ExpiresAt) = (new(Count, 0), new(Count, 0), new(Count, 0));
        (Attempt, Yields, Fails) = (new(Count, 0), new(Count, 0), new(Count, 0));
        (Checkpoints, Progress, Attempts) = (new(Count, null), new(Count, null), new(Count, null));
        for (var i = 0; i < Count; i++) Read(i, jobs[i]);
    }

    public int Count { get; }
    public long[] Seq { get; }
    public long[] LaneId { get; }
    public SparseColumn<short> State { get; }
    public SparseColumn<long> DueAt { get; }
    public SparseColumn<long> AlarmAt { get; }
    public SparseColumn<long> ExpiresAt { get; }
    public SparseColumn<int> Attempt { get; }
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
