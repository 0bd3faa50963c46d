namespace Worcr.Protocol;

/// <summary>A named constraint: the body of <c>PUT /v1/limits/{name}</c>.</summary>
public record LimitBody : ResourceBody
{
    /// <summary>Which jobs it concerns. Default: all.</summary>
    public RuleMatchDocument? Match { get; init; }

    /// <summary><c>concurrency</c>, <c>fixedWindow</c>, <c>slidingWindow</c> or <c>tokenBucket</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many, 0 to 1,000,000,000; 0: none at all.</summary>
    public required int Limit { get; init; }

    /// <summary>In how long, 1ms to 366d: for all kinds but concurrency, which has none.</summary>
    public Duration? Period { get; init; }

    /// <summary>How many at once after a pause, 1 to 1,000,000,000: for tokenBucket only. Default: as many as <see cref="Limit"/>.</summary>
    public int? Burst { get; init; }

    /// <summary>
    /// What jobs have to have in common to count against each other, a string or an array of strings: <c>tenant</c>, <c>type</c>, <c>queue</c>, <c>tag:prefix</c>,
    /// <c>args.path</c>, or a constant in single quotes. Default: nothing, one for all.
    /// </summary>
    public RawJson? Key { get; init; }

    /// <summary>How it adapts. Default: it does not.</summary>
    public AdaptiveOptions? Adaptive { get; init; }

    /// <summary><c>job</c>: acquired by the dispatcher when it starts a job; <c>worker</c>: by a worker while it runs one. Default: job.</summary>
    public string? Use { get; init; }
}
