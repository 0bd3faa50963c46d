namespace Worcr.Protocol;

/// <summary>Jobs that belong together: the body of <c>POST /v1/batches</c>.</summary>
public sealed record BatchRequest
{
    /// <summary>The producer's own id: making the batch again changes nothing. Default: the server makes one.</summary>
    public Guid? Id { get; init; }

    /// <summary>For people. Default: none.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The jobs, as <c>POST /v1/jobs</c> takes them without <c>id</c>, <c>unique</c> and <c>batch</c>, at most 10,000; each may have a <c>name</c>, and <c>after</c>: names of
    /// jobs that have to succeed before it (then at most 1,000). Default: none.
    /// </summary>
    public IReadOnlyList<RawJson>? Jobs { get; init; }

    /// <summary>Whether more jobs may join it until it is closed. Default: false.</summary>
    public bool? Open { get; init; }

    /// <summary>A job to enqueue when all have succeeded. Default: none.</summary>
    public RawJson? OnSuccess { get; init; }

    /// <summary>A job to enqueue when the first one ends otherwise. Default: none.</summary>
    public RawJson? OnFailure { get; init; }

    /// <summary>A job to enqueue when all have ended, whatever came of them. Default: none.</summary>
    public RawJson? OnComplete { get; init; }
}
