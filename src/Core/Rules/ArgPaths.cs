using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Worcr.Core.Rules;

/// <summary>Reads the values of arguments that rules look at.</summary>
public static class ArgPaths
{
    /// <summary>The longest path, in characters.</summary>
    public const int MaxPath = 255;

    /// <summary>A value longer than this, in characters, stands as its SHA-256.</summary>
    public const int MaxText = 255;

    /// <summary>The values at <paramref name="paths"/>.</summary>
    /// <param name="args">UTF-8 JSON, well formed.</param>
    /// <param name="paths">Sorted (ordinal), without repeats.</param>
    public static ArgValue[] Read(ReadOnlyMemory<byte> args, IReadOnlyList<string> paths)
    {
        using var document = JsonDocument.Parse(args);
        var values = new ArgValue[paths.Count];
        for (var i = 0; i < values.Length; i++) values[i] = new ArgValue(paths[i], TextAt(document.RootElement, paths[i]));
        return values;
    }

    /// <summary>How a value is written: a string as it is, a number as JSON has it, <c>true</c>, <c>false</c>, <c>null</c>; an object or array has no text.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Bounded(value.GetString()!),
        JsonValueKind.Number => Bounded(Number(value)),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => null,
    };

    /// <summary>Null also where a name or the value is no text: half a surrogate pair can be written as an escape, and is well-formed JSON.</summary>
    private static string? TextAt(JsonElement root, string path)
    {
        try
        {
            return Text(ElementAt(root, path));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement ElementAt(JsonElement root, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root)) return default;
        }

        return root;
    }

    /// <summary>1, 1.0 and 1e0 are the same number.</summary>
    private static string Number(JsonElement value) =>
        value.TryGetDecimal(out var number) ? number.ToString("G29", CultureInfo.InvariantCulture) : value.GetRawText();

    private static string Bounded(string text) =>
        text.Length <= MaxText ? text : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
