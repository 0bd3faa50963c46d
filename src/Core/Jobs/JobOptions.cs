namespace Worcr.Core.Jobs;

/// <summary>The parts of a job that most jobs leave at their defaults.</summary>
public sealed record JobOptions
{
    /// <summary>The options of a job that names none.</summary>
    public static JobOptions Default { get; } = new();

    /// <summary>How long one attempt may take, in milliseconds. Default: 30 minutes.</summary>
    public long TimeoutMs { get; init; } = 30 * 60_000L;

    /// <summary>What happens after a failure.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Uniqueness, or null. Default: null.</summary>
    public UniquePolicy? Unique { get; init; }

    /// <summary>How long the result can be read after the job has finished, in milliseconds; 0: as long as the job is kept. Default: 0.</summary>
    public long ResultTtlMs { get; init; }

    /// <summary>The batch that it belongs to, or null. Default: null.</summary>
    public Guid? Batch { get; init; }

    /// <summary>The job whose child it is, or null. Default: null.</summary>
    public Guid? Parent { get; init; }

    /// <summary>UTF-8 JSON of the job to enqueue when it and its children have ended, or null. Default: null.</summary>
    public byte[]? Then { get; init; }

    /// <summary>UTF-8 JSON object that travels with the job untouched (trace context and the like), or null.</summary>
    public byte[]? Meta { get; init; }
}
