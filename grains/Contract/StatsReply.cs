namespace Worcr.Grains;

/// <summary>Figures of a namespace at one moment. Counters count since the dispatcher started.</summary>
public sealed record StatsReply
{
    /// <summary>Ready and running now, and what was enqueued and has ended since the start.</summary>
    public required JobCounts Jobs { get; init; }

    /// <summary>The same per tenant (the 1,000 busiest).</summary>
    public required IReadOnlyList<KeyValuePair<string, JobCounts>> Tenants { get; init; }

    /// <summary>The same per type (the 1,000 busiest).</summary>
    public required IReadOnlyList<KeyValuePair<string, JobCounts>> Types { get; init; }

    /// <summary>Open sessions and pollers.</summary>
    public required IReadOnlyList<WorkerView> Workers { get; init; }

    /// <summary>From enqueue (or from the due time) to lease, over the last 4,096 leases, in milliseconds: 50th, 95th and 99th percentile.</summary>
    public required (double P50, double P95, double P99) StartLatencyMs { get; init; }

    /// <summary>The mean run time of types whose jobs have run, at most 1,000, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> RunTimes { get; init; } = new Dictionary<string, double>();

    /// <summary>How near to capacity the dispatcher is.</summary>
    public LoadView Load { get; init; } = LoadView.None;
}
