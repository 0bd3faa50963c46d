using System.Globalization;

namespace Worcr.Simulation;

/// <summary>Which seeds the tests play.</summary>
internal static class Seeds
{
    /// <summary>The first of the fixed ones.</summary>
    public const int First = 20_250;

    /// <summary>How many fixed ones: <c>WORCR_SIM_SEEDS</c>. Default: 1,000.</summary>
    public static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("WORCR_SIM_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1_000;
}
