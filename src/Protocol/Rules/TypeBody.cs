namespace Worcr.Protocol;

/// <summary>What holds for a type: defaults for its jobs, and what its workers keep to. The body of <c>PUT /v1/types/{name}</c>; what is absent stays as it is for all types.</summary>
public record TypeBody : ResourceBody
{
    /// <summary>Default time-out of one attempt.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>Default retry policy.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>Default objective from enqueue to start.</summary>
    public Duration? Slo { get; init; }

    /// <summary>The share of jobs that has to start within the objective, above 0 and below 1. Default: 0.99.</summary>
    public double? SloTarget { get; init; }

    /// <summary>Default weight.</summary>
    public double? Weight { get; init; }

    /// <summary>Default queue label.</summary>
    public string? Queue { get; init; }

    /// <summary>Default priority.</summary>
    public int? Priority { get; init; }

    /// <summary>Default time to live of results.</summary>
    public Duration? ResultTtl { get; init; }

    /// <summary>Default tags: a job that names tags has only those.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>How long an attempt may run before its worker is in violation.</summary>
    public Duration? MaxRunTime { get; init; }

    /// <summary>How often a running job has to save a checkpoint.</summary>
    public Duration? CheckpointEvery { get; init; }

    /// <summary>What happens on a violation: <c>report</c>, <c>interrupt</c> or <c>deprioritise</c>. Default: report.</summary>
    public string? OnViolation { get; init; }

    /// <summary>Whether new jobs of the type may be turned away at capacity. Default: true.</summary>
    public bool? Sheddable { get; init; }
}
