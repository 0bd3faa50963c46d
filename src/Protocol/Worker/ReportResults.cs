namespace Worcr.Protocol.Worker;

/// <summary>The answer of <c>POST /v1/worker/report</c>.</summary>
/// <param name="Results">For each report, in order: <c>ok</c> (recorded, exactly once) or <c>stale</c>.</param>
public sealed record ReportResults(IReadOnlyList<string> Results);
