using System.Collections.Frozen;

namespace Worcr.Grains;

/// <summary>The names of <see cref="EventKind"/> on the wire, and the patterns that choose among them.</summary>
public static class EventNames
{
    private const string Any = "*";

    private static readonly FrozenDictionary<EventKind, string> Names = Enum.GetValues<EventKind>().ToFrozenDictionary(k => k, NameFor);

    /// <summary>All names, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<EventKind>().Select(NameFor)];

    /// <summary>The name of a kind, such as <c>job.dead</c>.</summary>
    public static string Of(EventKind kind) => Names[kind];

    /// <summary>Whether a pattern names at least one event: a name, <c>slo.*</c>, or <c>*</c>.</summary>
    public static bool IsPattern(string pattern) => All.Any(name => Matches(pattern, name));

    /// <summary>Whether a pattern names an event.</summary>
    public static bool Matches(string pattern, string name) =>
        pattern == Any
        || pattern == name
        || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));

    /// <summary><c>JobDead</c> is <c>job.dead</c>.</summary>
    private static string NameFor(EventKind kind)
    {
        var name = kind.ToString();
        var second = name.AsSpan(1).IndexOfAnyInRange('A', 'Z') + 1;
        return second == 0 ? name.ToLowerInvariant() : $"{name[..second]}.{name[second..]}".ToLowerInvariant();
    }
}
