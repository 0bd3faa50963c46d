namespace Worcr.Store;

/// <summary>A unique key and the job that holds it.</summary>
/// <param name="Key">The producer's key.</param>
/// <param name="Seq">The holder.</param>
/// <param name="Id">The holder's id.</param>
/// <param name="ExpiresAt">Unix milliseconds; 0: held until released.</param>
public sealed record UniqueLock(string Key, long Seq, Guid Id, long ExpiresAt);
