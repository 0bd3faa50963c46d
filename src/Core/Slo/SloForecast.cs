namespace Worcr.Core.Slo;

/// <summary>When an objective is missed if things go on as they do.</summary>
public static class SloForecast
{
    /// <summary>
    /// In how many milliseconds the first waiting job is late: 0 when one is already, null when all are started in time. Waiting jobs are taken to be of evenly
    /// falling age, from the first one's to nothing, and to start one after the other at the rate given: the one at the fraction f of the line then starts in f x ready / rate,
    /// and has waited (1 - f) x head + f x ready / rate by then.
    /// </summary>
    /// <param name="sloMs">The objective, in milliseconds.</param>
    /// <param name="headWaitMs">How long the first one has waited.</param>
    /// <param name="ready">How many wait.</param>
    /// <param name="startsPerSecond">How many start a second now.</param>
    public static long? MissInMs(long sloMs, long headWaitMs, long ready, double startsPerSecond)
    {
        if (ready <= 0) return null;
        if (headWaitMs >= sloMs) return 0;
        var lineMs = startsPerSecond <= 0 ? double.PositiveInfinity : ready / startsPerSecond * 1_000;
        if (lineMs <= sloMs) return null;
        if (double.IsPositiveInfinity(lineMs)) return sloMs - headWaitMs;
        return (long)((sloMs - headWaitMs) / (lineMs - headWaitMs) * lineMs);
    }
}
