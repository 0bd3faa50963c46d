namespace Worcr.Store;

/// <summary>Asks for jobs of some strands without a due time.</summary>
/// <param name="Ranges">Which; a strand comes once at most.</param>
/// <param name="MaxInlineArgs">Arguments longer than this, in bytes, are left out (<see cref="Job.Args"/> null).</param>
public sealed record ReadReady(IReadOnlyList<ReadyRange> Ranges, int MaxInlineArgs);
