namespace Worcr.Protocol;

/// <summary>The workers of a namespace.</summary>
/// <param name="Workers">Open sessions and pollers.</param>
public sealed record WorkerList(IReadOnlyList<WorkerDocument> Workers)
{
    /// <summary>What operators said to workers, also to those that are not connected now.</summary>
    public IReadOnlyList<WorkerOrderDocument> Orders { get; init; } = [];
}
