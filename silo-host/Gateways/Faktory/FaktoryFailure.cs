using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What a payload says of the attempts that failed.</summary>
internal sealed record FaktoryFailure(int Count, string FailedAt, string NextAt, string Type, string Message, JsonElement Backtrace)
{
    /// <summary>The checkpoint that holds the backtrace of the last failure.</summary>
    public const string Checkpoint = "faktory.backtrace";

    /// <summary>Out of the history of a job's attempts; null: none failed.</summary>
    public static FaktoryFailure? Of(JobView view)
    {
        if (view.Job.Attempts is not { } history) return null;
        using var document = JsonDocument.Parse(history);
        var failed = document.RootElement.EnumerateArray().Where(a => a.Text("outcome") != "yield").ToList();
        if (failed.Count == 0) return null;
        var isLost = failed[^1].Text("outcome") != "fail";
        var error = failed[^1].TryGet("error", out var given) ? given : default;
        return new FaktoryFailure(
            Math.Max(0, Math.Max(failed.Count, view.Job.Fails) - 1),
            failed[0].Text("endedAt") ?? "",
            FaktoryJson.Time(view.Job.ReadyAt),
            isLost ? "ReservationExpired" : error.ValueKind == JsonValueKind.Object ? error.Text("code") ?? "unknown" : "unknown",
            isLost ? "Faktory job reservation expired" : error.ValueKind == JsonValueKind.Object ? error.Text("message") ?? "unknown" : "unknown",
            isLost ? default : BacktraceOf(view.Job.Checkpoints));
    }

    /// <summary>Writes it as the member <c>failure</c>.</summary>
    public void Write(Utf8JsonWriter json, int retries)
    {
        json.WriteStartObject("failure");
        json.WriteNumber("retry_count", Count);
        json.WriteNumber("remaining", Math.Max(0, retries - Count));
        json.WriteString("failed_at", FailedAt);
        json.WriteString("next_at", NextAt);
        json.WriteString("message", Message);
        json.WriteString("errtype", Type);
        if (Backtrace.ValueKind == JsonValueKind.Array)
        {
            json.WritePropertyName("backtrace");
            Backtrace.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static JsonElement BacktraceOf(byte[]? checkpoints)
    {
        if (checkpoints is null) return default;
        using var document = JsonDocument.Parse(checkpoints);
        return document.RootElement.TryGet(Checkpoint, out var lines) && lines.ValueKind == JsonValueKind.Array ? lines.Clone() : default;
    }
}
