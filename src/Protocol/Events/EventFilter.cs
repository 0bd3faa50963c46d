namespace Worcr.Protocol;

/// <summary>Which events: the argument of <c>Subscribe</c> on <c>/hubs/events</c>, the query of <c>/v1/events</c>.</summary>
public sealed record EventFilter
{
    /// <summary>Names (<c>job.dead</c>) and patterns (<c>slo.*</c>); none: all.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Only what is about this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only what is about this tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only what is about this queue label.</summary>
    public string? Queue { get; init; }
}
