namespace Worcr.Store;

/// <summary>Asks for a page of jobs. Absent parts match everything; several values of one part are alternatives.</summary>
public sealed record JobQuery
{
    /// <summary>The namespace.</summary>
    public required Ownership Ownership { get; init; }

    /// <summary>Stored states (a leased job is stored as ready); null: all.</summary>
    public IReadOnlyList<JobState>? States { get; init; }

    /// <summary>Types, exact.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Tenants, exact.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>Queue labels, exact.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>Tags of which the job must have every one.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Code of the error that ended a finished job, exact; null: any job.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Start after this sequence number (exclusive), in the direction of the page; null: from the end.</summary>
    public long? Cursor { get; init; }

    /// <summary>Oldest first. Default: newest first.</summary>
    public bool Ascending { get; init; }

    /// <summary>At most so many jobs, 1 to 10,000.</summary>
    public required int Limit { get; init; }

    /// <summary>Leave arguments out (list views and bulk actions do not need them).</summary>
    public bool WithoutArgs { get; init; }
}
