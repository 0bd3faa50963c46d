using System.Diagnostics.Metrics;

namespace Worcr.SiloHost.Api;

/// <summary>What the API counts about itself.</summary>
public static class ApiMeter
{
    private static readonly Meter Meter = new("Worcr.Api");
    private static readonly Counter<long> Enqueued = Meter.CreateCounter<long>("worcr.api.enqueued", "{job}", "Jobs accepted over REST");
    private static readonly Counter<long> Problems = Meter.CreateCounter<long>("worcr.api.problems", "{answer}", "Error answers by code");

    /// <summary>Counts accepted jobs.</summary>
    public static void CountEnqueued(int jobs) => Enqueued.Add(jobs);

    /// <summary>Counts an error answer.</summary>
    public static void CountProblem(string code) => Problems.Add(1, new KeyValuePair<string, object?>("code", code));
}
