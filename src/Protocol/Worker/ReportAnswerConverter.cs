using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>Writes <see cref="ReportAnswer"/> as <c>["ok","stale"]</c>, and reads it without a string a report.</summary>
public sealed class ReportAnswerConverter : JsonConverter<ReportAnswer>
{
    /// <inheritdoc />
    public override ReportAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An array of \"ok\" and \"stale\" is expected.");
        var accepted = new List<bool>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("\"ok\" or \"stale\" is expected.");
            accepted.Add(reader.ValueTextEquals("ok"u8));
        }

        return new ReportAnswer(accepted);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ReportAnswer value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var accepted in value.Accepted) writer.WriteStringValue(accepted ? "ok"u8 : "stale"u8);
        writer.WriteEndArray();
    }
}
