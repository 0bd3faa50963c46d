namespace Worcr.Protocol;

/// <summary>One key of a limit as it is now.</summary>
/// <param name="Limit">The limit's name; <c>maxConcurrency</c> of a tenant, whose name is the key.</param>
/// <param name="Key">The key; empty when one is for all.</param>
/// <param name="Used">How much of it is in use, or was used in the current period.</param>
/// <param name="Most">How much there is.</param>
/// <param name="Lanes">Lanes that wait for it.</param>
public sealed record StatsLimit(string Limit, string Key, long Used, long Most, int Lanes);
