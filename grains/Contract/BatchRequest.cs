namespace Worcr.Grains;

/// <summary>Makes, reads, closes or cancels batches.</summary>
public abstract record BatchRequest
{
    /// <summary>Makes one with its first jobs, all or none. The same id again changes nothing.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">For people, or null.</param>
    /// <param name="IsOpen">Whether more jobs may join it.</param>
    /// <param name="Jobs">Validated jobs, at most 10,000, without ids of their producer and without unique keys.</param>
    public sealed record Create(Guid Id, string? Name, bool IsOpen, IReadOnlyList<Job> Jobs) : BatchRequest
    {
        /// <summary>For each job the indices of those that have to succeed before it; free of cycles. Empty: none waits.</summary>
        public IReadOnlyList<int[]> After { get; init; } = [];

        /// <summary>Template of the job to enqueue when all members have succeeded, or null.</summary>
        public byte[]? OnSuccess { get; init; }

        /// <summary>Template of the job to enqueue when the first member ends otherwise, or null.</summary>
        public byte[]? OnFailure { get; init; }

        /// <summary>Template of the job to enqueue when all members have ended, or null.</summary>
        public byte[]? OnComplete { get; init; }
    }

    /// <summary>Reads one.</summary>
    public sealed record Read(Guid Id) : BatchRequest;

    /// <summary>A page of them, newest first.</summary>
    /// <param name="Limit">How many at most.</param>
    /// <param name="After">Where the page before ended; null: from the newest.</param>
    public sealed record List(int Limit, BatchPosition? After = null) : BatchRequest;

    /// <summary>No more jobs may join.</summary>
    public sealed record Close(Guid Id) : BatchRequest;

    /// <summary>Jobs may join again until it is closed again; refused when it has finished.</summary>
    public sealed record Reopen(Guid Id) : BatchRequest;

    /// <summary>Closes it and cancels its members that have not ended.</summary>
    public sealed record Cancel(Guid Id) : BatchRequest;
}
