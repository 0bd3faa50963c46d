namespace Worcr.SiloHost.Commands.Bench;

/// <summary>How much is measured.</summary>
public sealed record BenchSettings
{
    /// <summary>Much smaller numbers, for a look.</summary>
    public bool Quick { get; init; }

    /// <summary>Folder of the built JavaScript SDK, or null: found from the executable's place.</summary>
    public string? ClientJs { get; init; }

    /// <summary>Jobs of the bulk enqueue.</summary>
    public int BulkJobs => Quick ? 20_000 : 400_000;

    /// <summary>Jobs of the one-by-one enqueues.</summary>
    public int SingleJobs => Quick ? 5_000 : 50_000;

    /// <summary>Jobs to drain.</summary>
    public int DrainJobs => Quick ? 20_000 : 100_000;

    /// <summary>Jobs that warm the silo up before a figure.</summary>
    public int WarmUpJobs => Quick ? 2_000 : 50_000;

    /// <summary>Seconds of the latency figure.</summary>
    public int LatencySeconds => Quick ? 5 : 20;

    /// <summary>Jobs of the memory figure.</summary>
    public int MemoryJobs => Quick ? 50_000 : 1_000_000;

    /// <summary>Tenants of the lanes figure, and lanes of each.</summary>
    public int LanesSide => Quick ? 200 : 1_000;

    /// <summary>Decisions of the decision figure.</summary>
    public int Decisions => Quick ? 200_000 : 2_000_000;

    /// <summary>Whole lives of the store's ceiling.</summary>
    public int StoreLives => Quick ? 50_000 : 400_000;
}
