namespace Worcr.Protocol;

/// <summary>A job that ran longer, or without a checkpoint, than its type's policy allows.</summary>
public sealed record ViolationDocument
{
    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>maxRunTime</c> or <c>checkpointEvery</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The job's id.</summary>
    public required Guid Job { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The worker that runs, or ran, it.</summary>
    public required string Worker { get; init; }

    /// <summary>The attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>What is allowed, in milliseconds.</summary>
    public required long AllowedMs { get; init; }

    /// <summary>What it is, in milliseconds; it grows while the violation is open.</summary>
    public required long ActualMs { get; init; }

    /// <summary>Whether it goes on: until the attempt ends, or a checkpoint comes.</summary>
    public required bool Open { get; init; }

    /// <summary>What was done: <c>report</c>, <c>interrupt</c> or <c>deprioritise</c>.</summary>
    public required string Action { get; init; }

    /// <summary>How long the worker took from the interrupt to the yield, in milliseconds; absent when it was not interrupted or did not yield.</summary>
    public long? YieldMs { get; init; }
}
