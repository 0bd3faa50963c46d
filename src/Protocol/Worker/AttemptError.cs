namespace Worcr.Protocol.Worker;

/// <summary>Why an attempt failed.</summary>
public sealed record AttemptError
{
    /// <summary>For programs. Default: <c>error</c>.</summary>
    public string? Code { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }

    /// <summary>Not again before that time has passed.</summary>
    public Duration? RetryAfter { get; init; }

    /// <summary>Whether another attempt is useless. Default: false.</summary>
    public bool? Final { get; init; }
}
