using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Worcr.Grains.Jobs;

/// <summary>The JSON array of a job's ended attempts, bounded to the newest <see cref="Kept"/>.</summary>
internal static class AttemptHistory
{
    public const int Kept = 50;

    public static byte[] Append(byte[]? history, JobGrain grain, string outcome, JobError? error, long now) =>
        Append(history, grain.Attempt, grain.Worker, grain.StartedAt, outcome, error, now);

    /// <summary>The history with the attempt that ended the job: of one that needs no error it is not stored, for the outcome says the same.</summary>
    public static byte[]? Whole(byte[]? history, JobOutcome outcome)
    {
        if (outcome.StartedAt == 0 || NewestOf(history) >= outcome.Attempt) return history;
        var name = outcome.State switch
        {
            JobState.Succeeded => Outcomes.Complete,
            JobState.Dead => Outcomes.Fail,
            _ => Outcomes.Cancel,
        };
        return Append(history, outcome.Attempt, outcome.Worker, outcome.StartedAt, name, outcome.Error, outcome.FinishedAt);
    }

    private static int NewestOf(byte[]? history)
    {
        if (history is null) return 0;
        using var document = JsonDocument.Parse(history);
        var count = document.RootElement.GetArrayLength();
        return count == 0 ? 0 : document.RootElement[count - 1].GetProperty("attempt").GetInt32();
    }

    private static byte[] Append(byte[]? history, int attempt, string? worker, long startedAt, string outcome, JobError? error, long now)
    {
        var buffer = new ArrayBufferWriter<byte>((history?.Length ?? 0) + 256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        if (history is not null) CopyNewest(json, history);
        json.WriteStartObject();
        json.WriteNumber("attempt", attempt);
        json.WriteString("worker", worker);
        json.WriteString("startedAt", Time(startedAt));
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
