namespace Worcr.Core.Limits;

/// <summary>How much a limit allows.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Limit">How many, 0 to 1,000,000,000 (0: none at all).</param>
/// <param name="PeriodMs">In how long, in milliseconds, at least 1, at most 366 days; 0 for <see cref="LimitKind.Concurrency"/>.</param>
/// <param name="Burst">How many at once after a pause (<see cref="LimitKind.TokenBucket"/>), at least 1; 0: as many as <paramref name="Limit"/>.</param>
public sealed record LimitSpec(LimitKind Kind, int Limit, long PeriodMs = 0, int Burst = 0);
