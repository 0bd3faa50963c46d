namespace Worcr.Core.Schedules;

/// <summary>What a schedule wants now.</summary>
/// <param name="Enqueue">The times to enqueue a job for, Unix milliseconds, oldest first.</param>
/// <param name="Last">Every time up to this one is dealt with once they are: to be kept, in the same transaction as the jobs.</param>
/// <param name="NextAt">When to ask again, Unix milliseconds: now if there are more than could be given at once; <see cref="long.MaxValue"/>: never, unless it is edited.</param>
public sealed record SchedulePlan(IReadOnlyList<long> Enqueue, long Last, long NextAt);
