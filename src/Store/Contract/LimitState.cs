namespace Worcr.Store;

/// <summary>What a limit remembers of one key's use, as the dispatcher writes it; the store does not look into it.</summary>
/// <param name="Limit">Name of the limit.</param>
/// <param name="Key">Which of the limit's keys.</param>
/// <param name="State">The state.</param>
public sealed record LimitState(string Limit, string Key, byte[] State);
