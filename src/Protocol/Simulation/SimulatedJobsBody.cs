namespace Worcr.Protocol;

/// <summary>Jobs of one kind.</summary>
public sealed record SimulatedJobsBody
{
    /// <summary>Their type.</summary>
    public required string Type { get; init; }

    /// <summary>How many, 1 to 1,000,000; all jobs of a scenario together not more than that either.</summary>
    public required int Count { get; init; }

    /// <summary>How long they run: a duration, or <c>{"mean": "2s", "deviation": "500ms", "distribution": "constant|normal|exponential"}</c>.</summary>
    public required RawJson RunTime { get; init; }

    /// <summary>Their tenant. Default: the one without a name.</summary>
    public string? Tenant { get; init; }

    /// <summary>How many a second come, evenly spaced. Default: all at once.</summary>
    public double? Rate { get; init; }

    /// <summary>When the first one comes. Default: at the start.</summary>
    public Duration? Start { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Queue label. Default: default.</summary>
    public string? Queue { get; init; }

    /// <summary>Weight. Default: 1, or the type's.</summary>
    public double? Weight { get; init; }

    /// <summary>Priority. Default: 0, or the type's.</summary>
    public int? Priority { get; init; }

    /// <summary>Objective from enqueue to start. Default: none, or the type's.</summary>
    public Duration? Slo { get; init; }

    /// <summary>Time-out of an attempt. Default: 30m, or the type's.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>Jobs of equal key run one at a time, in order.</summary>
    public string? OrderKey { get; init; }

    /// <summary>Arguments, for rules that look at them.</summary>
    public RawJson? Args { get; init; }

    /// <summary>The share of attempts that fail, from 0 to 1; they are retried as jobs of the type are. Default: 0.</summary>
    public double? FailRate { get; init; }
}
