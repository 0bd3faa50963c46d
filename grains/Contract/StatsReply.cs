namespace Worcr.Grains;

/// <summary>Figures of a namespace at one moment. Counters count since the dispatcher started.</summary>
public sealed record StatsReply
{
    /// <summary>Ready and running now, and what was enqueued and has ended since the start.</summary>
    public required JobCounts Jobs { get; init; }

    /// <summary>Jobs that wait for their time or for other jobs, now.</summary>
    public long Scheduled { get; init; }

    /// <summary>Jobs that wait for their next attempt, now.</summary>
    public long Retrying { get; init; }

    /// <summary>The same as <see cref="Jobs"/> per tenant (the 1,000 busiest).</summary>
    public required IReadOnlyList<KeyValuePair<string, JobCounts>> Tenants { get; init; }

    /// <summary>The same per type (the 1,000 busiest).</summary>
    public required IReadOnlyList<KeyValuePair<string, JobCounts>> Types { get; init; }

    /// <summary>Queue labels (the 1,000 busiest).</summary>
    public IReadOnlyList<QueueView> Queues { get; init; } = [];

    /// <summary>Open sessions and pollers.</summary>
    public required IReadOnlyList<WorkerView> Workers { get; init; }

    /// <summary>What operators said to workers and what stands, by the worker's name.</summary>
    public IReadOnlyList<OrderView> Orders { get; init; } = [];

    /// <summary>Endpoints (the 100 that were sent most).</summary>
    public IReadOnlyList<EndpointView> Endpoints { get; init; } = [];

    /// <summary>From enqueue (or from the due time) to lease, over the last 4,096 leases, in milliseconds: 50th, 95th and 99th percentile.</summary>
    public required (double P50, double P95, double P99) StartLatencyMs { get; init; }

    /// <summary>The mean run time of types whose jobs have run, at most 1,000, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> RunTimes { get; init; } = new Dictionary<string, double>();

    /// <summary>How near to capacity the dispatcher is.</summary>
    public LoadView Load { get; init; } = LoadView.None;

    /// <summary>What happens a second.</summary>
    public RateFigures Rates { get; init; }

    /// <summary>How evenly tenants that have jobs waiting were served in the last minute, for their shares: 1 is evenly.</summary>
    public double Fairness { get; init; } = 1;

    /// <summary>Keys of limits that are in use, by the limit's name, the fullest first, at most 100.</summary>
    public IReadOnlyList<KeyValuePair<string, LimitUsage>> Limits { get; init; } = [];

    /// <summary>How types and tenants keep to their objectives, those in need first, at most 1,000.</summary>
    public IReadOnlyList<SloFigures> Slo { get; init; } = [];

    /// <summary>Since when the store takes no writes, Unix milliseconds; 0: it does.</summary>
    public long StalledSince { get; init; }

    /// <summary>Violations of type policies.</summary>
    public IReadOnlyList<ViolationCount> Violations { get; init; } = [];
}
