namespace Worcr.Protocol.Worker;

/// <summary>The body of <c>POST /v1/worker/report</c>.</summary>
/// <param name="Reports">At most 1,000.</param>
public sealed record ReportCall(IReadOnlyList<AttemptReport> Reports);
