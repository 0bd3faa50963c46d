namespace Worcr.Protocol;

/// <summary>Which jobs: every part that is given has to hold.</summary>
public record MatchDocument
{
    /// <summary>One of these types.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>One of these tenants; <c>""</c> is the tenant without a name.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>One of these queue labels.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>What the job's tags must be.</summary>
    public TagMatch? Job { get; init; }

    /// <summary>Values of the job's arguments by path (<c>shop.id</c>): a string, number, true, false or null, compared as text. Answers write each as a string.</summary>
    public IReadOnlyDictionary<string, RawJson>? Args { get; init; }
}
