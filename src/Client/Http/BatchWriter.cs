using System.Buffers;
using System.Text.Json;

namespace Worcr.Client.Http;

/// <summary>Writes the body of <c>POST /v1/batches</c>.</summary>
internal static class BatchWriter
{
    /// <summary>Writes a batch; it gets an id, so that it can be sent again.</summary>
    public static ReadOnlyMemory<byte> Write(NewBatch batch, Guid id, JsonSerializerOptions json)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("id"u8, batch.Id ?? id);
        if (batch.Name is { } name) writer.WriteString("name"u8, name);
        if (batch.IsOpen) writer.WriteBoolean("open"u8, true);
        writer.WriteStartArray("jobs"u8);
        foreach (var job in batch.Jobs) job.WriteTo(writer, default, json);
        writer.WriteEndArray();
        Write(writer, "onSuccess"u8, batch.OnSuccess, json);
        Write(writer, "onFailure"u8, batch.OnFailure, json);
        Write(writer, "onComplete"u8, batch.OnComplete, json);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, NewJob? job, JsonSerializerOptions json)
    {
        if (job is null) return;
        writer.WritePropertyName(name);
        job.WriteTo(writer, default, json);
    }
}
