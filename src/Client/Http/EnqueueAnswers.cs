using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.Client.Http;

/// <summary>Reads the answer to an enqueue of many.</summary>
internal static class EnqueueAnswers
{
    /// <summary>The answers, in order.</summary>
    public static EnqueuedJob[] Read(ReadOnlySpan<byte> json, int count)
    {
        var answers = new EnqueuedJob[count];
        var reader = new Utf8JsonReader(json);
        var at = 0;
        if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject && at < count) answers[at++] = ReadOne(ref reader);
        }

        return at == count && reader.TokenType == JsonTokenType.EndArray ? answers : throw new JsonException("The server answered another number of jobs.");
    }

    private static EnqueuedJob ReadOne(ref Utf8JsonReader reader)
    {
        var (id, state, isDuplicate) = (Guid.Empty, "", false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (name.SequenceEqual("id"u8)) id = reader.Read() ? reader.GetGuid() : id;
            else if (name.SequenceEqual("state"u8)) state = State(ref reader);
            else if (name.SequenceEqual("duplicate"u8)) isDuplicate = reader.Read() && reader.GetBoolean();
            else reader.Skip();
        }

        return new EnqueuedJob(id, state, isDuplicate);
    }

    private static string State(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.ValueTextEquals("ready"u8)) return JobStateNames.Ready;
        return reader.ValueTextEquals("scheduled"u8) ? JobStateNames.Scheduled : reader.GetString() ?? "";
    }
}
