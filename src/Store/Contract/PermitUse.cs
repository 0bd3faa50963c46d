namespace Worcr.Store;

/// <summary>A use of a limit, in the journal: what a namespace has used of its limits survives a crash, so that none is ever exceeded.</summary>
/// <param name="Limit">Name of the limit.</param>
/// <param name="Key">Which of the limit's keys.</param>
/// <param name="Count">How many permits; negative: given back.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Seq">The job whose lease holds the permits until it ends; 0: nobody holds them, a rate was used.</param>
/// <param name="Attempt">The attempt of that lease; 0 where <paramref name="Seq"/> is 0.</param>
public readonly record struct PermitUse(string Limit, string Key, int Count, long At, long Seq = 0, int Attempt = 0);
