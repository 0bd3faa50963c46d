namespace Worcr.Grains;

/// <summary>How attempts ended.</summary>
public sealed record ReportRequest(IReadOnlyList<Report> Reports);
