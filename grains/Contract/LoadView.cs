namespace Worcr.Grains;

/// <summary>How near to capacity a dispatcher is.</summary>
/// <param name="Level">New jobs of a smaller effective weight are turned away, and a part of those of about this weight; 0: none.</param>
/// <param name="Load">From 0 (nothing waits) to 1 (at capacity).</param>
/// <param name="DelayMs">How long messages have to wait at least now, in milliseconds.</param>
/// <param name="Shed">Jobs turned away, discarded or put off since the start.</param>
public sealed record LoadView(double Level, double Load, long DelayMs, long Shed)
{
    /// <summary>Nothing to do.</summary>
    public static LoadView None { get; } = new(0, 0, 0, 0);
}
