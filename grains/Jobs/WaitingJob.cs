namespace Worcr.Grains.Jobs;

/// <summary>A job that waits for its time, as a page of them needs it. Ordered by time, then age.</summary>
internal readonly record struct WaitingJob(long DueAt, long Seq, Guid Id, string Type) : IComparable<WaitingJob>
{
    public int CompareTo(WaitingJob other) => (DueAt, Seq).CompareTo((other.DueAt, other.Seq));
}
