namespace Worcr.Protocol;

/// <summary>The whole job as the API shows it. What is not set is absent.</summary>
public sealed record JobDocument
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="JobStateNames"/>.</summary>
    public required string State { get; init; }

    /// <summary>The kind of work.</summary>
    public required string Type { get; init; }

    /// <summary>The input; absent in lists.</summary>
    public RawJson? Args { get; init; }

    /// <summary>On whose behalf; absent for the tenant without a name.</summary>
    public string? Tenant { get; init; }

    /// <summary>Labels, sorted.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The queue label.</summary>
    public required string Queue { get; init; }

    /// <summary>How much it matters.</summary>
    public required double Weight { get; init; }

    /// <summary>Order inside its lane.</summary>
    public required int Priority { get; init; }

    /// <summary>The objective from enqueue to start.</summary>
    public Duration? Slo { get; init; }

    /// <summary>When it becomes ready (states scheduled and retry).</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public required Duration Timeout { get; init; }

    /// <summary>What happens after a failure.</summary>
    public required RetryOptions Retry { get; init; }

    /// <summary>Uniqueness.</summary>
    public UniqueOptions? Unique { get; init; }

    /// <summary>Jobs of the same key run one at a time.</summary>
    public string? OrderKey { get; init; }

    /// <summary>How long the result can be read.</summary>
    public Duration? ResultTtl { get; init; }

    /// <summary>The job whose child it is.</summary>
    public Guid? Parent { get; init; }

    /// <summary>The job that is enqueued when it and its children have ended.</summary>
    public RawJson? Then { get; init; }

    /// <summary>How its children stand, until it has ended with all of them.</summary>
    public ChildrenDocument? Children { get; init; }

    /// <summary>What the producer sent along.</summary>
    public RawJson? Meta { get; init; }

    /// <summary>Attempts started so far.</summary>
    public required int Attempt { get; init; }

    /// <summary>Explicit failures so far.</summary>
    public required int Fails { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last became ready.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When its last attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The worker of its last attempt.</summary>
    public string? Worker { get; init; }

    /// <summary>What it brought.</summary>
    public RawJson? Result { get; init; }

    /// <summary>The error that ended it.</summary>
    public JobFailure? Error { get; init; }

    /// <summary>An object name to value of what its attempts saved.</summary>
    public RawJson? Checkpoints { get; init; }

    /// <summary>An object name to <c>{"done","total"}</c>.</summary>
    public RawJson? Progress { get; init; }

    /// <summary>The attempts that ended, oldest first.</summary>
    public RawJson? Attempts { get; init; }
}
