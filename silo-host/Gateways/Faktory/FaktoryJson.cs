using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Reads values out of the JSON of a request; what has the wrong type is refused. Absent and null are the same.</summary>
internal static class FaktoryJson
{
    private const int TimeBytes = 40;

    /// <summary>Reads a request's argument.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) throw FaktoryException.Json("this is no UTF-8");
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = FaktoryBounds.Depth });
        }
        catch (JsonException error)
        {
            throw FaktoryException.Json(error.Message);
        }
    }

    /// <summary>Reads an argument that has to be an object.</summary>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> json)
    {
        var document = Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw FaktoryException.Json("an object is needed");
    }

    /// <summary>A member that is there.</summary>
    public static bool TryGet(this JsonElement json, string name, out JsonElement value)
    {
        try
        {
            return json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException)
        {
            throw FaktoryException.Json("a name has half a surrogate pair");
        }
    }

    /// <summary>A text.</summary>
    public static string? Text(this JsonElement json, string name) => json.TryGet(name, out var value) ? value.AsText(name) : null;

    /// <summary>A value that has to be a text.</summary>
    public static string AsText(this JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String) throw FaktoryException.Json($"{name} must be a string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw FaktoryException.Json($"{name} has half a surrogate pair");
        }
    }

    /// <summary>A whole number.</summary>
    public static long? Whole(this JsonElement json, string name)
    {
        if (!json.TryGet(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw FaktoryException.Json($"{name} must be a whole number");
    }

    /// <summary>A number.</summary>
    public static double? Number(this JsonElement json, string name)
    {
        if (!json.TryGet(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw FaktoryException.Json($"{name} must be a number");
    }

    /// <summary>Texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement json, string name)
    {
        if (!json.TryGet(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) throw FaktoryException.Json($"{name} must be an array of strings");
        return [.. value.EnumerateArray().Select(item => item.AsText(name))];
    }

    /// <summary>An RFC 3339 time in Unix milliseconds; false when the text is none.</summary>
    public static bool TryTime([NotNullWhen(true)] string? text, out long unixMs)
    {
        unixMs = 0;
        Span<byte> bytes = stackalloc byte[TimeBytes];
        if (text is null || text.Length > TimeBytes || Utf8.FromUtf16(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done) return false;
        if (!WireTime.TryParse(bytes[..length], out var time)) return false;
        unixMs = time.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>A time as we write it.</summary>
    public static string Time(long unixMs) => Time(DateTimeOffset.FromUnixTimeMilliseconds(unixMs));

    /// <summary>A time as we write it.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
