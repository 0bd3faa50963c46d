namespace Worcr.Core.Slo;

/// <summary>How much more a waiting job counts as its objective comes near.</summary>
public static class Urgency
{
    /// <summary>The largest factor.</summary>
    public const double Cap = 16;

    /// <summary>1 until half of the objective has passed, then in steps up to <see cref="Cap"/>: a cap, so that weights still decide when everything is late.</summary>
    /// <param name="waitedMs">How long the job has been ready, in milliseconds.</param>
    /// <param name="sloMs">The objective, in milliseconds; 0: none.</param>
    public static double Factor(long waitedMs, long sloMs)
    {
        if (sloMs <= 0 || waitedMs * 2 < sloMs) return 1;
        if (waitedMs * 4 < sloMs * 3) return 2;
        if (waitedMs * 10 < sloMs * 9) return 4;
        return waitedMs < sloMs ? 8 : Cap;
    }
}
