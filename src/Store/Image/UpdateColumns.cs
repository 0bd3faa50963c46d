namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Updates"/>, column by column: every mutable column, a job that was updated twice only as it is now.</summary>
internal sealed class UpdateColumns : JobColumns
{
    private UpdateColumns(IReadOnlyList<Job> jobs)
        : base(jobs) => ReadyAt = [.. jobs.Select(job => job.ReadyAt)];

    /// <summary>The columns of a flush's updates.</summary>
    public static UpdateColumns Of(IReadOnlyList<Job> updates) => new(Last.Of(updates, job => job.Seq));

    public long[] ReadyAt { get; }
}
