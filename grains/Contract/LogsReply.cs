namespace Worcr.Grains;

/// <summary>Log lines, or a refusal.</summary>
public sealed record LogsReply(IReadOnlyList<LogLine> Lines, Refusal? Refusal = null);
