using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.Client.Http;

/// <summary>Writes a job to enqueue, straight from what the caller gave.</summary>
internal static class JobWriter
{
    /// <summary>Writes one job; arguments are written by <paramref name="json"/>.</summary>
    public static void Write<TArgs>(Utf8JsonWriter writer, string type, TArgs args, JobRequestOptions? options, JobExtras extras, JsonSerializerOptions json)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WritePropertyName("args"u8);
        if (args is RawJson { Utf8.IsEmpty: false } raw) writer.WriteRawValue(raw.Utf8.Span);
        else JsonSerializer.Serialize(writer, args, json);
        if ((options?.Id ?? extras.Id) is { } id) writer.WriteString("id"u8, id);
        if ((extras.Parent ?? options?.Parent) is { } parent) writer.WriteString("parent"u8, parent);
        if (extras.Name is { } name) writer.WriteString("name"u8, name);
        if (extras.After is { Count: > 0 } after) WriteTexts(writer, "after"u8, after);
        if (options is not null) WriteOptions(writer, options, json);
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, JobRequestOptions options, JsonSerializerOptions json)
    {
        if (options.Tenant is { } tenant) writer.WriteString("tenant"u8, tenant);
        if (options.Queue is { } queue) writer.WriteString("queue"u8, queue);
        if (options.Weight is { } weight) writer.WriteNumber("weight"u8, weight);
        if (options.Priority is { } priority) writer.WriteNumber("priority"u8, priority);
        if (options.OrderKey is { } orderKey) writer.WriteString("orderKey"u8, orderKey);
        Write(writer, "slo"u8, options.Slo);
        Write(writer, "delay"u8, options.Delay);
        Write(writer, "expiresIn"u8, options.ExpiresIn);
        Write(writer, "timeout"u8, options.Timeout);
        Write(writer, "resultTtl"u8, options.ResultTtl);
        if (options.RunAt is { } runAt) writer.WriteString("runAt"u8, runAt);
        if (options.ExpiresAt is { } expiresAt) writer.WriteString("expiresAt"u8, expiresAt);
        if (options.Tags is { } tags) WriteTexts(writer, "tags"u8, tags);
        if (options.Meta is { } meta) WriteMeta(writer, meta);
        if (options.Batch is { } batch) writer.WriteString("batch"u8, batch);
        if (options.Then is { } then)
        {
            writer.WritePropertyName("then"u8);
            then.WriteTo(writer, default, json);
        }

        if (options.Retry is { } retry) WriteRetry(writer, retry);
        if (options.Unique is { } unique) WriteUnique(writer, unique);
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> meta)
    {
        writer.WriteStartObject("meta"u8);
        foreach (var (name, value) in meta) writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter writer, RetryOptions retry)
    {
        writer.WriteStartObject("retry"u8);
        if (retry.MaxAttempts is { } attempts) writer.WriteNumber("maxAttempts"u8, attempts);
        else writer.WriteNull("maxAttempts"u8); // null is "any number", and not the same as absent
        if (retry.MaxFails is { } fails) writer.WriteNumber("maxFails"u8, fails);
        if (retry.Backoff is { } backoff) writer.WriteString("backoff"u8, backoff);
        if (retry.Base is { } first) writer.WriteString("base"u8, first.ToString());
        if (retry.Cap is { } cap) writer.WriteString("cap"u8, cap.ToString());
        if (retry.Jitter is { } jitter) writer.WriteNumber("jitter"u8, jitter);
        if (retry.StepAside is { } stepAside) writer.WriteBoolean("stepAside"u8, stepAside);
        writer.WriteEndObject();
    }

    private static void WriteUnique(Utf8JsonWriter writer, UniqueOptions unique)
    {
        writer.WriteStartObject("unique"u8);
        writer.WriteString("key"u8, unique.Key);
        if (unique.Until is { } until) writer.WriteString("until"u8, until);
        if (unique.For is { } time) writer.WriteString("for"u8, time.ToString());
        if (unique.OnConflict is { } onConflict) writer.WriteString("onConflict"u8, onConflict);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan? span)
    {
        if (span is { } given) writer.WriteString(name, Duration.From(given).ToString());
    }
}
