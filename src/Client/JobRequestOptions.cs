using Worcr.Protocol;

namespace Worcr.Client;

/// <summary>What can be said about a job beside its type and its arguments.</summary>
public sealed record JobRequestOptions
{
    /// <summary>On whose behalf. Default: the tenant without a name.</summary>
    public string? Tenant { get; init; }

    /// <summary>Labels, at most 50. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The queue label. Default: <c>default</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>How much it matters relative to others. Default: 1.</summary>
    public double? Weight { get; init; }

    /// <summary>Orders jobs of one lane: higher first. Default: 0.</summary>
    public int? Priority { get; init; }

    /// <summary>The objective from enqueue to start. Default: none.</summary>
    public TimeSpan? Slo { get; init; }

    /// <summary>Not before this time; not together with <see cref="Delay"/>. Default: at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Not before so much time has passed. Default: at once.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Expires when not finished after this time. Default: never.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Expires when not finished at this time; not together with <see cref="ExpiresIn"/>. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long one attempt may take. Default: 30 minutes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What happens after a failure. Default: 25 attempts, exponential.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>At most one such job at a time. Default: no demand.</summary>
    public UniqueOptions? Unique { get; init; }

    /// <summary>Jobs of the same key run one at a time, in order. Default: no order.</summary>
    public string? OrderKey { get; init; }

    /// <summary>How long the result can be read after the job has finished. Default: as long as the job is kept.</summary>
    public TimeSpan? ResultTtl { get; init; }

    /// <summary>The producer's own id: enqueuing it again changes nothing. Default: the server makes one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The open batch that it joins. Default: none.</summary>
    public Guid? Batch { get; init; }

    /// <summary>The live job whose child it is; a handler's own children are enqueued by <see cref="JobContext.EnqueueChildrenAsync"/>. Default: none.</summary>
    public Guid? Parent { get; init; }

    /// <summary>The job that is enqueued once when this one and all its children have ended, whatever came of them. Default: none.</summary>
    public NewJob? Then { get; init; }

    /// <summary>Text that travels with the job, such as <c>traceparent</c>. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
