namespace Worcr.Protocol;

/// <summary>One log line.</summary>
/// <param name="Attempt">Which attempt wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Level">Such as <c>info</c>.</param>
/// <param name="Line">The text.</param>
public sealed record JobLogLine(int Attempt, DateTimeOffset At, string Level, string Line);
