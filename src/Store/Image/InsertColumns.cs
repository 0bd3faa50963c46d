namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Inserts"/>, column by column.</summary>
internal sealed class InsertColumns : JobColumns
{
    public InsertColumns(IReadOnlyList<Job> jobs)
        : base(jobs)
    {
        (Id, CreatedAt, Args) = (new Guid[Count], new long[Count], new byte[]?[Count]);
        (ClientId, Priority, ReadyLag, Options) = (new(Count, false), new(Count, 0), new(Count, 0), new(Count, null));
        for (var i = 0; i < Count; i++) Read(i, jobs[i]);
    }

    public Guid[] Id { get; }
    public long[] CreatedAt { get; }
    public byte[]?[] Args { get; }
    public SparseColumn<bool> ClientId { get; }
    public SparseColumn<int> Priority { get; }

    /// <summary>How long after its creation a job became ready; mostly 0, which is why it is sent in this form.</summary>
    public SparseColumn<long> ReadyLag { get; }

    public SparseColumn<byte[]?> Options { get; }

    private void Read(int i, Job job)
    {
        Id[i] = job.Id;
        CreatedAt[i] = job.CreatedAt;
        Args[i] = job.Args;
        ClientId[i] = job.HasClientId;
        Priority[i] = job.Priority;
        ReadyLag[i] = job.ReadyAt - job.CreatedAt;
        Options[i] = JobOptionsCodec.Encode(job.Options);
    }
}
