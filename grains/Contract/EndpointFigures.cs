namespace Worcr.Grains;

/// <summary>How an endpoint stands, since the silo sends to it.</summary>
/// <param name="State">Whether it is sent jobs.</param>
public sealed record EndpointFigures(EndpointState State)
{
    /// <summary>Leases that it holds: requests under way, and jobs that it goes on with by itself.</summary>
    public int InFlight { get; init; }

    /// <summary>Requests that were answered with success.</summary>
    public long Delivered { get; init; }

    /// <summary>Requests that failed.</summary>
    public long Failed { get; init; }

    /// <summary>The same, by how they ended.</summary>
    public EndpointAnswers Answers { get; init; }

    /// <summary>How often it was left alone for a while.</summary>
    public long Rests { get; init; }

    /// <summary>The last failure, or null.</summary>
    public JobError? LastError { get; init; }

    /// <summary>When that was, Unix milliseconds; 0: never.</summary>
    public long LastErrorAt { get; init; }

    /// <summary>Until when it rests, Unix milliseconds; 0: it does not.</summary>
    public long RestsUntil { get; init; }
}
