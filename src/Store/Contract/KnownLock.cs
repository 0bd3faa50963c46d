namespace Worcr.Store;

/// <summary>A unique key that is held, with the stored state of its holder.</summary>
/// <param name="Lock">The key and who holds it.</param>
/// <param name="State">The state as stored, live or finished (a leased job is stored as ready); null: retention has dropped the holder.</param>
public sealed record KnownLock(UniqueLock Lock, JobState? State);
