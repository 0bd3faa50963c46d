namespace Worcr.Core.Rules;

/// <summary>A limit that the jobs of a lane count against.</summary>
/// <param name="Name">The limit's name.</param>
/// <param name="Key">The key.</param>
/// <param name="Rank">How general the key is; 0: the most general.</param>
public readonly record struct LaneLimit(string Name, string Key, int Rank);
