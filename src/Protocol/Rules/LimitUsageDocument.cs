namespace Worcr.Protocol;

/// <summary>One key of a limit.</summary>
/// <param name="Key">The key; empty when there is one for all.</param>
/// <param name="Used">How much is taken now.</param>
/// <param name="Limit">How much there is.</param>
/// <param name="OpensAt">When more can be taken by time alone; absent: now, or when something is given back.</param>
/// <param name="Waiting">Lanes that wait for it.</param>
public sealed record LimitUsageDocument(string Key, long Used, long Limit, DateTimeOffset? OpensAt, int Waiting);
