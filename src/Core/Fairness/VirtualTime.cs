namespace Worcr.Core.Fairness;

/// <summary>
/// Virtual time in 64.64 fixed point: it only grows, and the smallest step of the heaviest tenant is as exact after years as on the first day.
/// </summary>
internal static class VirtualTime
{
    private const double One = 18446744073709551616.0;

    /// <summary>The bounds of share x weight, so that one job moves virtual time by a sane amount.</summary>
    private const double MinRate = 1e-6;
    private const double MaxRate = 1e12;

    /// <summary>How far one job of cost <paramref name="cost"/> moves virtual time at the given rate (share x weight).</summary>
    public static UInt128 Step(double cost, double rate) => (UInt128)(Distance(cost, rate) * One);

    /// <summary>The same, in jobs of weight 1 and share 1.</summary>
    public static double Distance(double cost, double rate) => cost / Math.Clamp(rate, MinRate, MaxRate);

    /// <summary>How far one time is after another, in jobs of weight 1 and share 1.</summary>
    public static double Difference(UInt128 one, UInt128 other) => one >= other ? (double)(one - other) / One : -((double)(other - one) / One);
}
