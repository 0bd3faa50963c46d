namespace Worcr.Grains;

/// <summary>What waits: numbers or ids, as asked for.</summary>
public sealed record BacklogReply(IReadOnlyList<TypeBacklog> Types, IReadOnlyList<Guid> Jobs);
