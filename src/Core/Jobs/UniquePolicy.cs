namespace Worcr.Core.Jobs;

/// <summary>At most one job with this key at a time.</summary>
/// <param name="Key">The key; one scope a namespace.</param>
/// <param name="Until">What ends the lock, besides <paramref name="ForMs"/>.</param>
/// <param name="ForMs">How long the lock lasts at most, in milliseconds from the enqueue; 0: no limit.</param>
/// <param name="OnConflict">What happens to a second job with the key.</param>
public sealed record UniquePolicy(string Key, UniqueUntil Until, long ForMs, UniqueConflict OnConflict);
