namespace Worcr.Grains;

/// <summary>What a resource does now. What does not apply to its kind stays at its default.</summary>
public sealed record ResourceFigures
{
    /// <summary>Nothing to tell.</summary>
    public static ResourceFigures None { get; } = new();

    /// <summary>Jobs it took, turned away or put off since it was made.</summary>
    public long Hits { get; init; }

    /// <summary>Ready jobs that match now.</summary>
    public long Waiting { get; init; }

    /// <summary>Running jobs that match now.</summary>
    public long Running { get; init; }

    /// <summary>What is likely to be a mistake, for people: a rule that can match nothing, jobs that no connected worker can run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Keys of a limit, the most used first, at most 100.</summary>
    public IReadOnlyList<LimitUsage> Usage { get; init; } = [];

    /// <summary>How many keys a limit has now.</summary>
    public int Keys { get; init; }

    /// <summary>The current value of an adaptive limit, or of any other its limit.</summary>
    public int Limit { get; init; }

    /// <summary>The latest changes of an adaptive limit, newest first, at most 100.</summary>
    public IReadOnlyList<LimitChange> History { get; init; } = [];

    /// <summary>How an endpoint stands; null for all else.</summary>
    public EndpointFigures? Endpoint { get; init; }

    /// <summary>The next times of a schedule, Unix milliseconds, at most 5.</summary>
    public IReadOnlyList<long> NextRuns { get; init; } = [];

    /// <summary>The last time of a schedule for which a job was enqueued, Unix milliseconds; 0: none yet.</summary>
    public long LastRun { get; init; }

    /// <summary>That job, or null.</summary>
    public Guid? LastJob { get; init; }
}
