using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>Times are RFC 3339 with milliseconds in UTC, such as <c>2026-12-01T00:00:00.000Z</c>; any offset is read, a time without one is refused.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const int MinLength = 20;

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && (reader.HasValueSequence || HasOffset(reader.ValueSpan)) && reader.TryGetDateTimeOffset(out var time)
            ? time
            : throw new JsonException("Not an RFC 3339 time such as 2026-12-01T00:00:00Z.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length >= MinLength && (text[^1] == 'Z' || (text[^6] is (byte)'+' or (byte)'-' && text[^3] == ':'));
}
