namespace Worcr.Protocol;

/// <summary>The workers of a namespace.</summary>
/// <param name="Workers">Open sessions and pollers.</param>
public sealed record WorkerList(IReadOnlyList<WorkerDocument> Workers);
