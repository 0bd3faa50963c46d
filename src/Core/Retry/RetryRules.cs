namespace Worcr.Core.Retry;

/// <summary>Decides what follows a failure, a time-out, a lost worker or a yield.</summary>
public static class RetryRules
{
    /// <summary>The longest delay a worker can ask for, in milliseconds: 7 days.</summary>
    public const long MaxRetryAfterMs = 7L * 24 * 3_600_000;

    /// <summary>After an explicit failure.</summary>
    /// <param name="policy">The job's policy.</param>
    /// <param name="attempts">Leases given that count (yields left out), this one included.</param>
    /// <param name="fails">Explicit failures, this one included.</param>
    /// <param name="error">What the worker said, or null.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static RetryDecision AfterFail(RetryPolicy policy, int attempts, int fails, JobError? error, double chance)
    {
        if (error is { Final: true } || IsSpent(policy.MaxFails, fails) || IsSpent(policy.MaxAttempts, attempts)) return RetryDecision.Dead;
        var delay = error is { RetryAfterMs: > 0 } ? Math.Min(error.RetryAfterMs, MaxRetryAfterMs) : DelayMs(policy, fails, chance);
        return RetryDecision.After(Math.Max(1, delay));
    }

    /// <summary>After a time-out or a lost worker: at once, as long as attempts are left.</summary>
    public static RetryDecision AfterLoss(RetryPolicy policy, int attempts) =>
        IsSpent(policy.MaxAttempts, attempts) ? RetryDecision.Dead : RetryDecision.Now;

    /// <summary>
    /// The delay before the next attempt, in milliseconds: the policy's curve, cut at its cap, of which the share <see cref="RetryPolicy.Jitter"/>
    /// is drawn at random, so that jobs that failed together do not come back together.
    /// </summary>
    public static long DelayMs(RetryPolicy policy, int fails, double chance)
    {
        var n = Math.Max(1, fails);
        var full = policy.Backoff switch
        {
            Backoff.Exponential => policy.BaseMs * Math.Pow(2, Math.Min(n - 1, 62)),
            Backoff.Linear => (double)policy.BaseMs * n,
            _ => policy.BaseMs,
        };
        var capped = Math.Min(full, policy.CapMs);
        return (long)(capped * (1 - (policy.Jitter * chance)));
    }

    private static bool IsSpent(int limit, int used) => limit > 0 && used >= limit;
}
