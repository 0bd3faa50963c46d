using System.Buffers;
using System.Text.Json;

namespace Worcr.Core.Jobs;

/// <summary>The stored form of <see cref="JobError"/>: a JSON object <c>{"code","message","retryAfterMs"?,"final"?}</c>, in this order (see <see cref="Prefix"/>).</summary>
public static class JobErrorCodec
{
    /// <summary>The stored form; null for no error.</summary>
    public static byte[]? Encode(JobError? error)
    {
        if (error is null) return null;
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("code"u8, error.Code);
            json.WriteString("message"u8, error.Message);
            if (error.RetryAfterMs != 0) json.WriteNumber("retryAfterMs"u8, error.RetryAfterMs);
            if (error.Final) json.WriteBoolean("final"u8, true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What the stored form of every error of this code begins with, and that of no other: a store can compare it as bytes.</summary>
    public static byte[] Prefix(string code) => Encode(new JobError(code, ""))![..^"\"\"}"u8.Length];

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static JobError? Decode(byte[]? stored)
    {
        if (stored is null) return null;
        var json = new Utf8JsonReader(stored);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("a stored error must be a JSON object");
        var error = new JobError("", "");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.ValueSpan;
            json.Read();
            if (key.SequenceEqual("code"u8)) error = error with { Code = json.GetString() ?? "" };
            else if (key.SequenceEqual("message"u8)) error = error with { Message = json.GetString() ?? "" };
            else if (key.SequenceEqual("retryAfterMs"u8)) error = error with { RetryAfterMs = json.GetInt64() };
            else if (key.SequenceEqual("final"u8)) error = error with { Final = json.GetBoolean() };
            else json.Skip();
        }

        return error;
    }
}
