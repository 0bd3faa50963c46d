namespace Worcr.SiloHost.Cluster;

/// <summary>How silos share namespaces.</summary>
internal sealed record ClusterOptions
{
    /// <summary>For how long a silo owns a namespace without renewing, so how long a dead one keeps it from the others. Default: 8 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often it renews, and how often it asks for a namespace that another silo owns. Default: 2 s.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a caller waits for a namespace that is just being loaded or changes its owner. Default: 12 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How many namespaces may live on one silo. Default: 1,000.</summary>
    public int Namespaces { get; init; } = 1_000;

    /// <summary>How often old partitions are looked for. Default: 6 h.</summary>
    public TimeSpan Retire { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long after the start they are looked for first. Default: 1 min.</summary>
    public TimeSpan FirstRetire { get; init; } = TimeSpan.FromMinutes(1);
}
