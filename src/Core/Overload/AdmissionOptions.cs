namespace Worcr.Core.Overload;

/// <summary>When a dispatcher counts as overloaded.</summary>
public sealed record AdmissionOptions
{
    /// <summary>The queueing delay that every message of an interval has to exceed, in milliseconds. Default: 100 ms.</summary>
    public long TargetMs { get; init; } = 100;

    /// <summary>A queue of fewer messages is none, however long they wait. Default: 64.</summary>
    public int Few { get; init; } = 64;

    /// <summary>How long an interval is, in milliseconds. Default: 500 ms.</summary>
    public long IntervalMs { get; init; } = 500;

    /// <summary>How old a flush under way may be before it counts as delay, in milliseconds: a far or slow store is no overload, one that stalls is. Default: 5 s.</summary>
    public long StallMs { get; init; } = 5_000;
}
