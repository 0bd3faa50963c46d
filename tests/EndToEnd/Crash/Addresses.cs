namespace Worcr.EndToEnd.Crash;

/// <summary>Where a silo listens, the same before and after a crash.</summary>
/// <param name="Http">REST and the hub.</param>
/// <param name="Workq">The port of the Workq gateway.</param>
/// <param name="Faktory">The port of the Faktory gateway.</param>
internal sealed record Addresses(Uri Http, int Workq, int Faktory)
{
    public static IReadOnlyDictionary<string, string> Gateways(int workq, int faktory) =>
        new Dictionary<string, string> { ["WORCR_WORKQ"] = $"127.0.0.1:{workq}", ["WORCR_FAKTORY"] = $"127.0.0.1:{faktory}" };
}
