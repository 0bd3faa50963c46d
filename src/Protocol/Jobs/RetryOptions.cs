using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>When and how often a job is tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>How many attempts it may have, yields not counted, 1 to 1,000,000; null (which is written, and is not the same as absent): any number. Default: 25.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxAttempts { get; init; } = 25;

    /// <summary>How many explicit failures it may have, 1 to 1,000,000; null: any number. Default: any number.</summary>
    public int? MaxFails { get; init; }

    /// <summary><c>exponential</c>, <c>linear</c> or <c>fixed</c>. Default: exponential.</summary>
    public string? Backoff { get; init; }

    /// <summary>The first delay. Default: 1s.</summary>
    public Duration? Base { get; init; }

    /// <summary>The largest delay, not below <see cref="Base"/>. Default: 1h.</summary>
    public Duration? Cap { get; init; }

    /// <summary>The share of a delay that is random, 0 to 1. Default: 0.2.</summary>
    public double? Jitter { get; init; }

    /// <summary>Whether a job with an order key that waits for its retry lets the next of its key go first. Default: false, its key waits.</summary>
    public bool? StepAside { get; init; }
}
