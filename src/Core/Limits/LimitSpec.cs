namespace Worcr.Core.Limits;

/// <summary>How much a limit allows.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Limit">How many, 0 to <see cref="MaxLimit"/> (0: none at all).</param>
/// <param name="PeriodMs">In how long, in milliseconds, at least 1, at most <see cref="MaxPeriodMs"/>; 0 for <see cref="LimitKind.Concurrency"/>.</param>
/// <param name="Burst">How many at once after a pause (<see cref="LimitKind.TokenBucket"/>), 1 to <see cref="MaxLimit"/>; 0: as many as <paramref name="Limit"/>.</param>
public sealed record LimitSpec(LimitKind Kind, int Limit, long PeriodMs = 0, int Burst = 0)
{
    /// <summary>The largest limit and the largest burst.</summary>
    public const int MaxLimit = 1_000_000_000;

    /// <summary>The longest period, in milliseconds: 366 days.</summary>
    public const long MaxPeriodMs = 366L * 24 * 3_600_000;

    /// <summary>Whether every number is in its range.</summary>
    public bool IsValid =>
        Limit is >= 0 and <= MaxLimit
        && Burst is >= 0 and <= MaxLimit
        && (Kind == LimitKind.Concurrency ? PeriodMs == 0 : PeriodMs is >= 1 and <= MaxPeriodMs);
}
