namespace Worcr.Store;

/// <summary>Asks for a namespace.</summary>
/// <param name="Name">The namespace; created when unknown.</param>
/// <param name="Silo">Who asks; unique to the process start, so that a restarted silo is another one.</param>
/// <param name="LeaseMs">For how long, counted by the store's clock on PostgreSQL and by <paramref name="Now"/> on SQLite.</param>
/// <param name="Now">The caller's time, Unix milliseconds.</param>
/// <param name="Held">What the caller already holds (a renewal keeps its epoch), or null.</param>
/// <param name="Takeover">Take it even from a living owner: for an embedded store that only one process can have open.</param>
public sealed record AcquireOwnership(string Name, string Silo, long LeaseMs, long Now, Ownership? Held = null, bool Takeover = false);
