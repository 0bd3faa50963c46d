namespace Worcr.Core.Rules;

/// <summary>What an operator says about a type: defaults for its jobs (null, 0: the general default stands), and what its workers have to keep to.</summary>
public sealed record TypeRule : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Type;

    /// <summary>Default time-out of one attempt, in milliseconds; 0: not said.</summary>
    public long TimeoutMs { get; init; }

    /// <summary>Default retry policy, or null.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Default objective from enqueue to start, in milliseconds; 0: not said.</summary>
    public long SloMs { get; init; }

    /// <summary>Default weight; 0: not said.</summary>
    public double Weight { get; init; }

    /// <summary>Default queue label, or null.</summary>
    public string? Queue { get; init; }

    /// <summary>Default priority, or null.</summary>
    public int? Priority { get; init; }

    /// <summary>Default time to live of a result, in milliseconds; 0: not said.</summary>
    public long ResultTtlMs { get; init; }

    /// <summary>Default tags (a job that names tags has only those), sorted, or null.</summary>
    public string[]? Tags { get; init; }

    /// <summary>How long an attempt may run before its worker is in violation, in milliseconds; 0: not said. Unlike the time-out it does not end the attempt.</summary>
    public long MaxRunTimeMs { get; init; }

    /// <summary>How often a running job has to save a checkpoint, in milliseconds; 0: not said.</summary>
    public long CheckpointEveryMs { get; init; }

    /// <summary>What happens on a violation. Default: it is reported.</summary>
    public ViolationAction OnViolation { get; init; }

    /// <summary>Whether new jobs of the type may be turned away at capacity. Default: true.</summary>
    public bool IsSheddable { get; init; } = true;

    /// <summary>The share of jobs that has to start within the objective, above 0 and below 1. Default: 0.99.</summary>
    public double SloTarget { get; init; } = 0.99;
}
