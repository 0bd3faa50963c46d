namespace Worcr.Core.Retry;

/// <summary>What becomes of a job after an attempt that did not finish it.</summary>
/// <param name="Next">Retry, ready (at once), or dead.</param>
/// <param name="DelayMs">The delay before the next attempt, in milliseconds; 0 unless <paramref name="Next"/> is retry.</param>
public readonly record struct RetryDecision(JobState Next, long DelayMs)
{
    /// <summary>No further attempt.</summary>
    public static RetryDecision Dead { get; } = new(JobState.Dead, 0);

    /// <summary>Ready again at once.</summary>
    public static RetryDecision Now { get; } = new(JobState.Ready, 0);

    /// <summary>After a delay.</summary>
    public static RetryDecision After(long delayMs) => delayMs <= 0 ? Now : new(JobState.Retry, delayMs);
}
