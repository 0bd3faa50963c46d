namespace Worcr.Grains;

/// <summary>For each report, in order: whether it was accepted (true) or its lease was stale (false).</summary>
public sealed record ReportReply(IReadOnlyList<bool> Accepted);
