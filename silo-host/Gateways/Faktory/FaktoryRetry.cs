namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The original's curve of retries.</summary>
internal static class FaktoryRetry
{
    private const int Spread = 30;

    /// <summary>Milliseconds until the next attempt.</summary>
    /// <param name="count">Failures before this one.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static long DelayMs(int count, double chance)
    {
        double n = Math.Max(0, count);
        return (long)(1_000 * Math.Min((n * n * n * n) + 15 + (Math.Floor(chance * Spread) * (n + 1)), int.MaxValue));
    }
}
