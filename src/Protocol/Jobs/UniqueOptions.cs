namespace Worcr.Protocol;

/// <summary>At most one job with this key at a time.</summary>
public sealed record UniqueOptions
{
    /// <summary>The key, 1 to 1,024 characters.</summary>
    public required string Key { get; init; }

    /// <summary>What ends the lock: <c>started</c>, <c>finished</c> or <c>expired</c> (only its time; needs <see cref="For"/>). Default: finished.</summary>
    public string? Until { get; init; }

    /// <summary>How long the lock lasts at most. Default: no limit.</summary>
    public Duration? For { get; init; }

    /// <summary>What happens to a second job: <c>return</c> the first one's id, <c>reject</c> it, or <c>replace</c> the first. Default: return.</summary>
    public string? OnConflict { get; init; }
}
