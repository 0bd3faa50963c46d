using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A <see cref="Duration"/> is a JSON string.</summary>
public sealed class DurationConverter : JsonConverter<Duration>
{
    /// <inheritdoc />
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Duration.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("Not a duration such as 250ms, 30s, 5m, 12h or 7d.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
