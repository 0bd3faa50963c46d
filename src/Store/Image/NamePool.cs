using System.Text.Json;

namespace Worcr.Store.Image;

/// <summary>Gives equal names and equal lists of tags one object each, over the lanes of one read: there may be a million of them, of few types, tenants and tags.</summary>
internal sealed class NamePool
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _tags = new(StringComparer.Ordinal) { ["[]"] = [] };

    public string Name(string name)
    {
        if (_names.TryGetValue(name, out var known)) return known;
        _names.Add(name, name);
        return name;
    }

    /// <summary>The tags in a stored list.</summary>
    public string[] Tags(string stored)
    {
        if (_tags.TryGetValue(stored, out var known)) return known;
        var tags = Array.ConvertAll(JsonSerializer.Deserialize<string[]>(stored) ?? [], Name);
        _tags.Add(stored, tags);
        return tags;
    }
}
