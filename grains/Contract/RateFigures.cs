namespace Worcr.Grains;

/// <summary>What happens a second, over the last minute.</summary>
public readonly record struct RateFigures(double Enqueued, double Started, double Succeeded);
