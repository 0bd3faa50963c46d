namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Inserts"/>, column by column.</summary>
internal sealed class InsertColumns
{
    public InsertColumns(IReadOnlyList<Job> jobs)
    {
        Count = jobs.Count;
        (Seq, Id, LaneId, CreatedAt, Args) = (new long[Count], new Guid[Count], new long[Count], new long[Count], new byte[]?[Count]);
        ClientId = new(Count, false);
        Priority = new(Count, 0);
        State = new(Count, (short)JobState.Ready);
        (ReadyLag, DueAt, AlarmAt, ExpiresAt) = (new(Count, 0), new(Count, 0), new(Count, 0), new(Count, 0));
        (Attempt, Yields, Fails) = (new(Count, 0), new(Count, 0), new(Count, 0));
        (Options, Checkpoints, Progress, Attempts) = (new(Count, null), new(Count, null), new(Count, null), new(Count, null));
        for (var i = 0; i < Count; i++) Read(i, jobs[i]);
    }

    public int Count { get; }
    public long[] Seq { get; }
    public Guid[] Id { get; }
    public long[] LaneId { get; }
    public long[] CreatedAt { get; }
    public byte[]?[] Args { get; }
    public SparseColumn<bool> ClientId { get; }
    public SparseColumn<int> Priority { get; }
    public SparseColumn<short> State { get; }

    /// <summary>How long after its creation a job became ready; mostly 0, which is why it is sent in this form.</summary>
    public SparseColumn<long> ReadyLag { get; }

    public SparseColumn<long> DueAt { get; }
    public SparseColumn<long> AlarmAt { get; }
    public SparseColumn<long> ExpiresAt { get; }
    public SparseColumn<int> Attempt { get; }
    public SparseColumn<int> Yields { get; }
    public SparseColumn<int> Fails { get; }
    public SparseColumn<byte[]?> Options { get; }
    public SparseColumn<byte[]?> Checkpoints { get; }
    public SparseColumn<byte[]?> Progress { get; }
    public SparseColumn<byte[]?> Attempts { get; }

    private void Read(int i, Job job)
    {
        Seq[i] = job.Seq;
        Id[i] = job.Id;
        LaneId[i] = job.LaneId;
        CreatedAt[i] = job.CreatedAt;
        Args[i] = job.Args;
        ClientId[i] = job.HasClientId;
        Priority[i] = job.Priority;
        State[i] = (short)job.State;
        ReadyLag[i] = job.ReadyAt - job.CreatedAt;
        DueAt[i] = job.DueAt;
        AlarmAt[i] = job.AlarmAt;
        ExpiresAt[i] = job.ExpiresAt;
        Attempt[i] = job.Attempt;
        Yields[i] = job.Yields;
        Fails[i] = job.Fails;
        Options[i] = JobOptionsCodec.Encode(job.Options);
        Checkpoints[i] = job.Checkpoints;
        Progress[i] = job.Progress;
        Attempts[i] = job.Attempts;
    }
}
