using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Worcr.Grains.Jobs;

/// <summary>The JSON array of a job's ended attempts, bounded to the newest <see cref="Kept"/>.</summary>
internal static class AttemptHistory
{
    public const int Kept = 50;

    public static byte[] Append(byte[]? history, JobGrain grain, string outcome, JobError? error, long now)
    {
        var buffer = new ArrayBufferWriter<byte>((history?.Length ?? 0) + 256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        if (history is not null) CopyNewest(json, history);
        json.WriteStartObject();
        json.WriteNumber("attempt", grain.Attempt);
        json.WriteString("worker", grain.Worker);
        json.WriteString("startedAt", Time(grain.StartedAt));
        json.WriteString("endedAt", Time(now));
        json.WriteString("outcome", outcome);
        if (error is not null) WriteError(json, error);
        json.WriteEndObject();
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void CopyNewest(Utf8JsonWriter json, byte[] history)
    {
        using var document = JsonDocument.Parse(history);
        var skip = document.RootElement.GetArrayLength() - (Kept - 1);
        foreach (var attempt in document.RootElement.EnumerateArray())
        {
            if (skip-- <= 0) attempt.WriteTo(json);
        }
    }

    private static void WriteError(Utf8JsonWriter json, JobError error)
    {
        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private static string Time(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
