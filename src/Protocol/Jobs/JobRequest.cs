namespace Worcr.Protocol;

/// <summary>A job to enqueue: the body of <c>POST /v1/jobs</c>. Only <see cref="Type"/> is required; null is the same as absent.</summary>
public sealed record JobRequest
{
    /// <summary>The kind of work, such as <c>email.send</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The input, any JSON of at most 1 MiB. Default: <c>null</c>.</summary>
    public RawJson? Args { get; init; }

    /// <summary>On whose behalf. Default: the tenant without a name.</summary>
    public string? Tenant { get; init; }

    /// <summary>Labels, at most 50. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The queue label. Default: <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>How much it matters relative to others, 0.000001 to 1,000,000. Default: 1.</summary>
    public double? Weight { get; init; }

    /// <summary>Orders jobs of one lane: higher first. Default: 0.</summary>
    public int? Priority { get; init; }

    /// <summary>The objective from enqueue to start. Default: none.</summary>
    public Duration? Slo { get; init; }

    /// <summary>Not before this time; not together with <see cref="Delay"/>. Default: at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Not before so much time has passed; not together with <see cref="RunAt"/>. Default: at once.</summary>
    public Duration? Delay { get; init; }

    /// <summary>Expires when not finished so long after it was due (after the enqueue, when neither <see cref="RunAt"/> nor <see cref="Delay"/> is given). Default: never.</summary>
    public Duration? ExpiresIn { get; init; }

    /// <summary>Expires when not finished at this time; not together with <see cref="ExpiresIn"/>. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long one attempt may take. Default: 30m.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>What happens after a failure.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>At most one such job at a time. Default: no demand.</summary>
    public UniqueOptions? Unique { get; init; }

    /// <summary>Jobs of the same key run one at a time, in order. Default: no order.</summary>
    public string? OrderKey { get; init; }

    /// <summary>How long the result can be read after the job has finished. Default: as long as the job is kept.</summary>
    public Duration? ResultTtl { get; init; }

    /// <summary>The producer's own id: enqueuing it again changes nothing. Default: the server makes one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The open batch that it joins. Default: none.</summary>
    public Guid? Batch { get; init; }

    /// <summary>The live job whose child it is; not together with <see cref="Batch"/>. Default: none.</summary>
    public Guid? Parent { get; init; }

    /// <summary>
    /// A job of at most 16 KiB to enqueue once when this one and all its children have ended, whatever came of them; without id, times, batch, parent and unique.
    /// Default: none.
    /// </summary>
    public RawJson? Then { get; init; }

    /// <summary>A JSON object of at most 16 KiB that travels with the job untouched.</summary>
    public RawJson? Meta { get; init; }
}
