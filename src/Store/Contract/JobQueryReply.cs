namespace Worcr.Store;

/// <summary>A page of jobs. A page may hold fewer jobs than asked for (even none) and still have a next one: a query reads a bounded number of rows.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record JobQueryReply(IReadOnlyList<StoredJob> Jobs, long? Next);
