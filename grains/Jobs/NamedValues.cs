using System.Buffers;
using System.Text.Json;

namespace Worcr.Grains.Jobs;

/// <summary>A small JSON object of named values (checkpoints, progress): puts one name.</summary>
internal static class NamedValues
{
    /// <summary>How many names a job may have.</summary>
    public const int MaxNames = 256;

    /// <summary>How long all values of a job may be together, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The object with <paramref name="name"/> put; null when a bound is passed.</summary>
    public static byte[]? Put(byte[]? values, string name, ReadOnlySpan<byte> value)
    {
        var buffer = new ArrayBufferWriter<byte>((values?.Length ?? 2) + value.Length + name.Length + 8);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        var count = 1 + (values is null ? 0 : CopyOthers(json, values, name));
        json.WritePropertyName(name);
        json.WriteRawValue(value);
        json.WriteEndObject();
        json.Flush();
        return count > MaxNames || buffer.WrittenCount > MaxBytes ? null : buffer.WrittenSpan.ToArray();
    }

    /// <summary>The JSON of a progress pair.</summary>
    public static byte[] Pair(double done, double total)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("done", done);
        json.WriteNumber("total", total);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static int CopyOthers(Utf8JsonWriter json, byte[] values, string name)
    {
        using var document = JsonDocument.Parse(values);
        var count = 0;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals(name)) continue;
            property.WriteTo(json);
            count++;
        }

        return count;
    }
}
