using System.Runtime.InteropServices;

namespace Worcr.Core.Rules;

/// <summary>The rules of a kind, by name. They are gone through for every lane and change seldom: so they stand in an array, with their matches.</summary>
internal sealed class RuleList<T>
    where T : Resource
{
    private readonly SortedDictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private Entry[] _all = [];

    public int Count => _all.Length;

    public ReadOnlySpan<Entry> All => _all;

    public IEnumerable<RuleMatch> Matches => _all.Select(r => r.Match);

    public IEnumerable<T> Rules => _all.Select(r => r.Rule);

    public T Get(string name) => _byName[name].Rule;

    public void Put(string name, T rule, RuleMatch match)
    {
        _byName[name] = new Entry(name, rule, match);
        _all = [.. _byName.Values];
    }

    public void Remove(string name)
    {
        if (_byName.Remove(name)) _all = [.. _byName.Values];
    }

    /// <summary>The names of those that meet a lane, in order.</summary>
    public string[] NamesFor(LaneShape shape)
    {
        List<string>? met = null;
        foreach (var rule in _all)
        {
            if (rule.Match.Matches(shape)) (met ??= []).Add(rule.Name);
        }

        return met is null ? [] : [.. met];
    }

    /// <summary>A rule.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Rule">What it says.</param>
    /// <param name="Match">Of which jobs.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Entry(string Name, T Rule, RuleMatch Match);
}
