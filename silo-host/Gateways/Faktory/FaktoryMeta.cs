using System.Runtime.InteropServices;
using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What a Faktory job has besides type, queue and arguments: kept in its <c>meta</c> as <c>{"faktory":{"jid":"...","retry":25,...}}</c>.</summary>
internal static class FaktoryMeta
{
    /// <summary>The fields that are kept as they came, in the order in which they are given back.</summary>
    private static readonly string[] Kept = ["at", "reserve_for", "retry", "backtrace", "priority", "custom"];

    /// <summary>The meta of a new job.</summary>
    public static byte[] Write(JsonElement job, long now, bool isScheduled)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("faktory");
            json.WriteString("jid", job.Text("jid"));
            json.WriteString("created_at", job.Text("created_at") is { Length: > 0 } created ? created : FaktoryJson.Time(now));
            if (isScheduled) json.WriteString("enqueued_at", job.Text("at"));
            else json.WriteString("enqueued_at", FaktoryJson.Time(now));
            if (!job.TryGet("retry", out _)) json.WriteNumber("retry", FaktoryBounds.Retries);
            _ = job.Whole("backtrace");
            foreach (var name in Kept) Copy(job, name, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.Length <= WireLimits.MetaBytes ? bytes.ToArray() : throw new FaktoryException($"custom is too large: all fields besides args may have {WireLimits.MetaBytes} bytes");
    }

    /// <summary>What is kept of a job that came over Faktory; undefined for any other, whatever its producer wrote.</summary>
    public static JsonElement Of(Guid id, byte[]? meta)
    {
        if (meta is null) return default;
        using var document = JsonDocument.Parse(meta);
        try
        {
            var isKept = document.RootElement.TryGet("faktory", out var faktory) && faktory.ValueKind == JsonValueKind.Object;
            return isKept && faktory.Text("jid") is { } jid && FaktoryId.Of(jid) == id ? faktory.Clone() : default;
        }
        catch (FaktoryException)
        {
            return default;
        }
    }

    /// <summary>The retries of a job that came over Faktory; null: of another.</summary>
    public static int? RetriesOf(JsonElement faktory) =>
        faktory.ValueKind == JsonValueKind.Object && faktory.TryGet("retry", out var retry) && retry.ValueKind == JsonValueKind.Number && retry.TryGetInt32(out var number) ? number : null;

    private static void Copy(JsonElement job, string name, Utf8JsonWriter json)
    {
        if (!job.TryGet(name, out var value)) return;
        json.WritePropertyName(name);
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
