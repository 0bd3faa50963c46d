namespace Worcr.Protocol;

/// <summary>How a type or a tenant keeps to its objectives.</summary>
public sealed record SloDocument
{
    /// <summary>The share of starts that has to be in time.</summary>
    public required double Target { get; init; }

    /// <summary><c>none</c>, <c>ticket</c> or <c>page</c>: how fast the error budget burns.</summary>
    public required string Alert { get; init; }

    /// <summary>Starts in time in the last six hours.</summary>
    public required long Met { get; init; }

    /// <summary>Late starts in the last six hours. A job that waits and is late already counts when it starts.</summary>
    public required long Missed { get; init; }

    /// <summary>The share in time over <c>5m</c>, <c>30m</c>, <c>1h</c>, <c>6h</c>; windows without a start are absent.</summary>
    public required IReadOnlyDictionary<string, double> Attainment { get; init; }

    /// <summary>How many times faster than allowed the error budget is spent, over the same windows.</summary>
    public required IReadOnlyDictionary<string, double> BurnRate { get; init; }

    /// <summary>Ready jobs with an objective.</summary>
    public required long Waiting { get; init; }

    /// <summary>In how many milliseconds the first waiting job is late if jobs go on starting as they do: 0 when one is; absent when none will be.</summary>
    public long? MissInMs { get; init; }
}
