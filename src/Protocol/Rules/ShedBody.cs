namespace Worcr.Protocol;

/// <summary>New jobs that match are turned away, or put off, while there is too much to do: the body of <c>PUT /v1/sheds/{name}</c>.</summary>
public record ShedBody : ExpiringBody
{
    /// <summary>What has to be the case.</summary>
    public required ShedCondition When { get; init; }

    /// <summary><c>reject</c>: the producer is refused; <c>discard</c>: the job is accepted and discarded; <c>defer</c>: it becomes ready later.</summary>
    public required string Action { get; init; }

    /// <summary>How long deferred jobs wait at least, for <c>defer</c> only. Default: 1m.</summary>
    public Duration? DeferFor { get; init; }
}
