namespace Worcr.Core.Limits;

/// <summary>One change of an adaptive limit.</summary>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Value">What it became.</param>
/// <param name="Reason">Why.</param>
public readonly record struct AdaptiveChange(long At, int Value, AdaptiveReason Reason);
