using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Writes the payload of a job as FETCH gives it.</summary>
internal static class FaktoryPayload
{
    /// <summary>The last moment that can be written, Unix milliseconds.</summary>
    private const long LastMoment = 253_402_300_799_999;

    private static readonly string[] Following = ["at", "reserve_for", "retry", "backtrace", "priority"];

    /// <summary>The payload of any job: what its producer sent over Faktory, or as much as can be said of another's.</summary>
    /// <param name="job">The job.</param>
    /// <param name="failure">What is known of failed attempts, or null.</param>
    /// <param name="readyAt">When it was enqueued again, Unix milliseconds; 0: it was not.</param>
    public static byte[] Write(LeasedJob job, FaktoryFailure? failure, long readyAt)
    {
        var kept = FaktoryMeta.Of(job.Id, job.Meta);
        using var bytes = new MemoryStream(job.Args.Length + 512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("jid", kept.ValueKind == JsonValueKind.Object ? kept.GetProperty("jid").GetString() : job.Id.ToString());
            json.WriteString("queue", job.Shape.Queue);
            json.WriteString("jobtype", job.Shape.Type);
            WriteArgs(json, job.Args);
            WriteTimes(json, job.Id, kept, readyAt);
            foreach (var name in Following) Copy(json, kept, name);
            failure?.Write(json, FaktoryMeta.RetriesOf(kept) ?? FaktoryBounds.Retries);
            if (kept.ValueKind == JsonValueKind.Object) Copy(json, kept, "custom");
            else if (job.Meta is { } meta) WriteRaw(json, "custom", meta);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>An array as it is, anything else as its only element.</summary>
    private static void WriteArgs(Utf8JsonWriter json, byte[] args)
    {
        if (args.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
        {
            WriteRaw(json, "args", args);
            return;
        }

        json.WriteStartArray("args");
        json.WriteRawValue(args, skipInputValidation: true);
        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, Guid id, JsonElement kept, long readyAt)
    {
        var isOurs = kept.ValueKind == JsonValueKind.Object;
        var created = id.Version == 7 ? FaktoryJson.Time(Math.Min(Convert.ToInt64(id.ToString("N")[..12], 16), LastMoment)) : null;
        if (isOurs) Copy(json, kept, "created_at");
        else if (created is not null) json.WriteString("created_at", created);
        if (readyAt > 0) json.WriteString("enqueued_at", FaktoryJson.Time(readyAt));
        else if (isOurs) Copy(json, kept, "enqueued_at");
        else if (created is not null) json.WriteString("enqueued_at", created);
    }

    private static void Copy(Utf8JsonWriter json, JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGet(name, out var value)) return;
        WriteRaw(json, name, System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlySpan<byte> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
