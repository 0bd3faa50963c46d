namespace Worcr.Core.Jobs;

/// <summary>When and how often a job is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>The policy of a job that names none.</summary>
    public static RetryPolicy Default { get; } = new();

    /// <summary>How many leases a job may get, yields not counted; 0: any number. Default: 25.</summary>
    public int MaxAttempts { get; init; } = 25;

    /// <summary>How many explicit failures a job may have; 0: any number. Default: 0.</summary>
    public int MaxFails { get; init; }

    /// <summary>How the delay grows. Default: exponential.</summary>
    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <summary>The first delay, in milliseconds. Default: 1 second.</summary>
    public long BaseMs { get; init; } = 1_000;

    /// <summary>The largest delay, in milliseconds. Default: 1 hour.</summary>
    public long CapMs { get; init; } = 3_600_000;

    /// <summary>The share of a delay that is random, 0 to 1. Default: 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Whether an ordered job that waits for its retry lets the next of its key go first. Default: it keeps its place, and its key waits.</summary>
    public bool StepsAside { get; init; }
}
