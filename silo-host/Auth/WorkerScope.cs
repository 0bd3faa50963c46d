namespace Worcr.SiloHost.Auth;

/// <summary>The work that a token is good for.</summary>
/// <param name="Types">Types; <c>*</c> among them: all.</param>
/// <param name="Tags">The tags that its workers have.</param>
/// <param name="Slots">How many jobs one worker runs at once, at most.</param>
public sealed record WorkerScope(IReadOnlyList<string> Types, IReadOnlyList<string> Tags, int Slots)
{
    /// <summary>What stands for all types.</summary>
    public const string All = "*";

    /// <summary>The first type that is not among those of the token, or null.</summary>
    public string? Outside(IEnumerable<string> types) => Types.Contains(All) ? null : types.FirstOrDefault(t => !Types.Contains(t));

    /// <summary>Whether these are the token's tags, in whatever order.</summary>
    public bool Has(IEnumerable<string> tags) => Tags.ToHashSet(StringComparer.Ordinal).SetEquals(tags);
}
