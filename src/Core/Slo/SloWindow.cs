namespace Worcr.Core.Slo;

/// <summary>Starts in a window.</summary>
/// <param name="Met">Those within their objective.</param>
/// <param name="Missed">Those that came too late.</param>
public readonly record struct SloWindow(long Met, long Missed)
{
    /// <summary>All starts.</summary>
    public long Total => Met + Missed;

    /// <summary>The share that was in time; null when there was none.</summary>
    public double? Attainment => Total == 0 ? null : (double)Met / Total;

    /// <summary>How many times faster than allowed the error budget is spent; 0 when there was no start.</summary>
    public double BurnRate(double target) => Total == 0 ? 0 : (double)Missed / Total / (1 - target);
}
