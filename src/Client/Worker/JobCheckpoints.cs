using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Worcr.Client;

/// <summary>The named values that a job's attempts saved.</summary>
public sealed class JobCheckpoints
{
    private readonly ConcurrentDictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions _json;

    internal JobCheckpoints(ReadOnlyMemory<byte> utf8, JsonSerializerOptions json)
    {
        _json = json;
        if (utf8.IsEmpty) return;
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 128 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return;
        foreach (var member in document.RootElement.EnumerateObject()) _values[member.Name] = member.Value.Clone();
    }

    /// <summary>The names of all values.</summary>
    public IReadOnlyCollection<string> Names => [.. _values.Keys];

    /// <summary>Reads a value; false when there is none of this name.</summary>
    public bool TryGet<T>(string name, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!_values.TryGetValue(name, out var json)) return false;
        value = json.Deserialize<T>(_json)!;
        return true;
    }

    /// <summary>Reads a value, or <paramref name="otherwise"/> when there is none of this name.</summary>
    public T Get<T>(string name, T otherwise) => TryGet<T>(name, out var value) ? value : otherwise;

    internal void Set(string name, JsonElement value) => _values[name] = value;
}
