namespace Worcr.Store;

/// <summary>Asks to delete a page of the finished jobs that a namespace does not keep any longer.</summary>
/// <param name="Ownership">Whose jobs.</param>
/// <param name="BeforeDay">Jobs that finished on earlier days (since 1970-01-01, UTC) go.</param>
/// <param name="DeadBefore">Dead jobs that died before this time go, Unix milliseconds.</param>
/// <param name="MaxDead">Of the dead jobs the newest so many stay.</param>
/// <param name="Limit">At most so many are deleted.</param>
public sealed record Prune(Ownership Ownership, int BeforeDay, long DeadBefore, int MaxDead, int Limit);
