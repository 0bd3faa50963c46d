namespace Worcr.Store;

/// <summary>One log line of a job.</summary>
/// <param name="Seq">The job.</param>
/// <param name="Attempt">Which attempt wrote it.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Level">Such as <c>info</c>.</param>
/// <param name="Line">The text.</param>
public sealed record LogLine(long Seq, int Attempt, long At, string Level, string Line);
