namespace Worcr.Protocol;

/// <summary>Queue labels with jobs in the dispatcher's memory, the busiest first, at most 1,000.</summary>
public sealed record QueueList(IReadOnlyList<QueueDocument> Items);
