namespace Worcr.Grains;

/// <summary>How many jobs of a type are ready, and how many wait for their time.</summary>
public readonly record struct TypeBacklog(string Type, long Ready, long Waiting);
