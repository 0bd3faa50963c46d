namespace Worcr.Grains;

/// <summary>The leased jobs; none when the wait was over.</summary>
public sealed record LeaseReply(IReadOnlyList<LeasedJob> Jobs, Refusal? Refusal = null)
{
    /// <summary>An operator wants the worker to get no jobs.</summary>
    public bool IsQuiet { get; init; }
}
