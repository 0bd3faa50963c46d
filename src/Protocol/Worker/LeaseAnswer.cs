namespace Worcr.Protocol.Worker;

/// <summary>The answer of <c>POST /v1/worker/lease</c>.</summary>
/// <param name="Jobs">The leased jobs; none when there was none in time.</param>
public sealed record LeaseAnswer(IReadOnlyList<LeasedJobDocument> Jobs);
