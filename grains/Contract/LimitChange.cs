namespace Worcr.Grains;

/// <summary>A change of an adaptive limit.</summary>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Value">The value after it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record LimitChange(long At, int Value, string Reason);
