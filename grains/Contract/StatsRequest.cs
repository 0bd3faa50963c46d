namespace Worcr.Grains;

/// <summary>Asks for figures.</summary>
public sealed record StatsRequest;
