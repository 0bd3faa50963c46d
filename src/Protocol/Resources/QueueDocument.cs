namespace Worcr.Protocol;

/// <summary>One queue label.</summary>
public sealed record QueueDocument
{
    /// <summary>The label.</summary>
    public required string Name { get; init; }

    /// <summary><c>running</c>, <c>idle</c> (running with no job in hand), <c>pausing</c> (no more is taken, some run) or <c>paused</c> (none runs).</summary>
    public required string State { get; init; }

    /// <summary>Ready now.</summary>
    public required long Ready { get; init; }

    /// <summary>Running now.</summary>
    public required long Running { get; init; }

    /// <summary>Enqueued, since the dispatcher started, as all that follows.</summary>
    public required long Enqueued { get; init; }

    /// <summary>Succeeded.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Attempts that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Out of attempts.</summary>
    public required long Dead { get; init; }

    /// <summary>Cancelled, expired or discarded.</summary>
    public required long Dropped { get; init; }
}
