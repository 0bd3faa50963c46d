using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>What only Workq knows of a job, kept in its <c>meta</c> as <c>{"workq":{"ttl":60000,"maxFails":0,"time":"..."}}</c>.</summary>
internal sealed record WorkqMeta(ulong Ttl, int MaxFails, string? Time)
{
    /// <summary>As JSON.</summary>
    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("workq"u8);
            json.WriteNumber("ttl"u8, Ttl);
            json.WriteNumber("maxFails"u8, MaxFails);
            if (Time is not null) json.WriteString("time"u8, Time);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>That of any job: what another client made says less.</summary>
    public static WorkqMeta Of(Job job)
    {
        var meta = job.Options.Meta is { } json ? Read(json) : null;
        return meta ?? new WorkqMeta(job.ExpiresAt > 0 ? (ulong)Math.Max(0, job.ExpiresAt - job.CreatedAt) : 0, job.Options.Retry.MaxFails, null);
    }

    private static WorkqMeta? Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("workq"u8, out var workq) || workq.ValueKind != JsonValueKind.Object) return null;
        if (!workq.TryGetProperty("ttl"u8, out var ttl) || ttl.ValueKind != JsonValueKind.Number || !ttl.TryGetUInt64(out var span)) return null;
        if (!workq.TryGetProperty("maxFails"u8, out var fails) || fails.ValueKind != JsonValueKind.Number || !fails.TryGetInt32(out var maxFails)) return null;
        var time = workq.TryGetProperty("time"u8, out var at) && at.ValueKind == JsonValueKind.String && WorkqTime.TryRead(at.GetString()!, out _) ? at.GetString() : null;
        return new WorkqMeta(span, maxFails, time);
    }
}
