namespace Worcr.EndToEnd.Workers;

/// <summary>What they answer.</summary>
public sealed record NumberResult(int Square);
