namespace Worcr.Grains;

/// <summary>Why a job is (not) running.</summary>
public sealed record JobExplanation
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its state.</summary>
    public required JobState State { get; init; }

    /// <summary>Every reason, the decisive one first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>About so many jobs of its lane go first; -1: not waiting in a lane, or not known.</summary>
    public long Position { get; init; } = -1;

    /// <summary>About so many jobs of its tenant go first; -1: as above.</summary>
    public long TenantPosition { get; init; } = -1;

    /// <summary>When it will about start, Unix milliseconds; 0: not to be said (nothing of its tenant has started lately, or something blocks it).</summary>
    public long EstimatedStartAt { get; init; }
}
