namespace Worcr.Core.Matching;

/// <summary>Which jobs: every non-empty part has to hold.</summary>
public sealed record JobMatch
{
    /// <summary>One of these types; empty: any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>One of these tenants; empty: any.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>One of these queue labels; empty: any.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>The job has all of these tags.</summary>
    public IReadOnlyList<string> AllTags { get; init; } = [];

    /// <summary>The job has at least one of these tags; empty: no demand.</summary>
    public IReadOnlyList<string> AnyTags { get; init; } = [];

    /// <summary>The job has none of these tags.</summary>
    public IReadOnlyList<string> NoTags { get; init; } = [];

    /// <summary>Whether a lane's jobs match.</summary>
    public bool Matches(LaneShape shape) =>
        OneOf(Types, shape.Type)
        && OneOf(Tenants, shape.Tenant)
        && OneOf(Queues, shape.Queue)
        && HasAll(AllTags, shape.Tags)
        && (AnyTags.Count == 0 || HasOne(AnyTags, shape.Tags))
        && !HasOne(NoTags, shape.Tags);

    private static bool OneOf(IReadOnlyList<string> allowed, string value) => allowed.Count == 0 || allowed.Contains(value);

    private static bool HasAll(IReadOnlyList<string> wanted, string[] tags)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!tags.AsSpan().Contains(wanted[i])) return false;
        }

        return true;
    }

    private static bool HasOne(IReadOnlyList<string> wanted, string[] tags)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (tags.AsSpan().Contains(wanted[i])) return true;
        }

        return false;
    }
}
