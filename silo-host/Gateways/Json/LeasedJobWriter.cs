using System.Globalization;
using System.Text.Json;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Json;

/// <summary>Writes leased jobs as workers read them. Arguments, checkpoints and meta pass through as they are.</summary>
public static class LeasedJobWriter
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Lease = JsonEncodedText.Encode("lease");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Args = JsonEncodedText.Encode("args");
    private static readonly JsonEncodedText Tenant = JsonEncodedText.Encode("tenant");
    private static readonly JsonEncodedText Queue = JsonEncodedText.Encode("queue");
    private static readonly JsonEncodedText Tags = JsonEncodedText.Encode("tags");
    private static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    private static readonly JsonEncodedText Timeout = JsonEncodedText.Encode("timeout");
    private static readonly JsonEncodedText Checkpoints = JsonEncodedText.Encode("checkpoints");
    private static readonly JsonEncodedText Meta = JsonEncodedText.Encode("meta");

    /// <summary>Writes an array of jobs.</summary>
    public static void Write(Utf8JsonWriter writer, RunBatch jobs)
    {
        writer.WriteStartArray();
        for (var i = 0; i < jobs.Count; i++) Write(writer, jobs[i]);
        writer.WriteEndArray();
    }

    /// <summary>Writes <c>{"jobs": [...]}</c>.</summary>
    public static void WriteAnswer(Utf8JsonWriter writer, IReadOnlyList<LeasedJob> jobs)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("jobs"u8);
        Write(writer, new RunBatch(jobs, 0, jobs.Count));
        writer.WriteEndObject();
    }

    /// <summary>Writes one job.</summary>
    public static void Write(Utf8JsonWriter writer, LeasedJob job)
    {
        writer.WriteStartObject();
        writer.WriteString(Id, job.Id);
        WriteLease(writer, job.Lease);
        writer.WriteString(Type, job.Shape.Type);
        WriteRaw(writer, Args, job.Args.Length == 0 ? "null"u8 : job.Args);
        writer.WriteString(Tenant, job.Shape.Tenant);
        writer.WriteString(Queue, job.Shape.Queue);
        writer.WriteStartArray(Tags);
        foreach (var tag in job.Shape.Tags) writer.WriteStringValue(tag);
        writer.WriteEndArray();
        writer.WriteNumber(Attempt, job.Attempt);
        WriteTimeout(writer, job.TimeoutMs);
        if (job.Checkpoints is { } checkpoints) WriteRaw(writer, Checkpoints, checkpoints);
        if (job.Meta is { } meta) WriteRaw(writer, Meta, meta);
        writer.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private static void WriteLease(Utf8JsonWriter writer, LeaseToken lease)
    {
        Span<byte> text = stackalloc byte[LeaseToken.MaxLength];
        lease.Seq.TryFormat(text, out var at, "x", CultureInfo.InvariantCulture);
        text[at++] = (byte)'-';
        lease.Attempt.TryFormat(text[at..], out var more, "x", CultureInfo.InvariantCulture);
        at += more;
        text[at++] = (byte)'-';
        lease.Nonce.TryFormat(text[at..], out more, "x8", CultureInfo.InvariantCulture);
        writer.WriteString(Lease, text[..(at + more)]);
    }

    private static void WriteTimeout(Utf8JsonWriter writer, long ms)
    {
        Span<byte> text = stackalloc byte[24];
        var isWhole = ms % 1_000 == 0;
        var unit = isWhole ? "s"u8 : "ms"u8;
        (isWhole ? ms / 1_000 : ms).TryFormat(text, out var at, default, CultureInfo.InvariantCulture);
        unit.CopyTo(text[at..]);
        writer.WriteString(Timeout, text[..(at + unit.Length)]);
    }
}
