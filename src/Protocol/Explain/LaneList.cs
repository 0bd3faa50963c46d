namespace Worcr.Protocol;

/// <summary>Lanes, those with most ready jobs first.</summary>
/// <param name="Items">The lanes.</param>
public sealed record LaneList(IReadOnlyList<LaneDocument> Items);
