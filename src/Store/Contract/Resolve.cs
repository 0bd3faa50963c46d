namespace Worcr.Store;

/// <summary>Asks who has client-given ids and unique keys.</summary>
public sealed record Resolve(Ownership Ownership, IReadOnlyList<Guid> Ids, IReadOnlyList<string> Keys, long Now);
