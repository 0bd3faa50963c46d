namespace Worcr.Grains;

/// <summary>One key of a limit.</summary>
/// <param name="Key">The key; empty when the limit has one for all.</param>
/// <param name="Used">How much is taken now.</param>
/// <param name="Limit">How much there is.</param>
/// <param name="OpensAt">When more can be taken by time alone, Unix milliseconds; 0: now; <see cref="long.MaxValue"/>: when something is given back.</param>
/// <param name="Waiting">Lanes that wait for it.</param>
public sealed record LimitUsage(string Key, long Used, long Limit, long OpensAt, int Waiting);
