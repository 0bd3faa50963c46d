namespace Worcr.Grains;

/// <summary>Asks for jobs without a session: each lease lives until it is reported, extended or timed out.</summary>
public sealed record LeaseRequest
{
    /// <summary>The worker's name, 1 to 255 characters.</summary>
    public required string Worker { get; init; }

    /// <summary>Types it takes; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Queue labels it takes; empty is all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>At most so many jobs, 1 to 1,000.</summary>
    public required int Max { get; init; }

    /// <summary>How long to wait for the first job, in milliseconds; 0: not at all.</summary>
    public long WaitMs { get; init; }

    /// <summary>
    /// The worker has not asked for these jobs yet: whoever holds them for it extends a lease when the job was handed over. After a restart those that were
    /// not extended are given back as soon as a session of the worker registers.
    /// </summary>
    public bool Ahead { get; init; }

    /// <summary>How it is connected; for people. Default: <c>http</c>.</summary>
    public string Transport { get; init; } = "http";
}
