namespace Worcr.Client;

/// <summary>Which jobs to list; what is not said matches everything.</summary>
public sealed record JobQuery
{
    /// <summary>A state, one of <see cref="Protocol.JobStateNames"/>.</summary>
    public string? State { get; init; }

    /// <summary>Exact type.</summary>
    public string? Type { get; init; }

    /// <summary>Exact tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>A tag that the job must have.</summary>
    public string? Tag { get; init; }

    /// <summary>Exact queue label.</summary>
    public string? Queue { get; init; }

    /// <summary>Jobs a page, 1 to 1,000. Default: 100.</summary>
    public int PageSize { get; init; } = 100;

    internal string Text(string? cursor)
    {
        var text = $"?limit={PageSize}";
        foreach (var (name, value) in new[] { ("state", State), ("type", Type), ("tenant", Tenant), ("tag", Tag), ("queue", Queue), ("cursor", cursor) })
        {
            if (value is not null) text += $"&{name}={Uri.EscapeDataString(value)}";
        }

        return text;
    }
}
