using System.Buffers;
using System.Text.Json;

namespace Worcr.Core.Jobs;

/// <summary>
/// The stored form of <see cref="JobOptions"/>: a JSON object that holds only what differs from the defaults, so that most jobs store
/// nothing at all. Keys: <c>to</c> time-out, <c>ttl</c> result, <c>r</c> retry (<c>a</c> attempts, <c>f</c> fails, <c>k</c> backoff,
/// <c>b</c> base, <c>c</c> cap, <c>j</c> jitter, <c>s</c> steps aside), <c>u</c> unique (<c>k</c> key, <c>u</c> until, <c>t</c> time, <c>c</c> conflict), <c>bt</c> batch,
/// <c>p</c> parent, <c>th</c> then, <c>m</c> meta.
/// </summary>
public static class JobOptionsCodec
{
    /// <summary>The stored form, or null for the defaults.</summary>
    public static byte[]? Encode(JobOptions options)
    {
        if (ReferenceEquals(options, JobOptions.Default) || options == JobOptions.Default) return null;
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (options.TimeoutMs != JobOptions.Default.TimeoutMs) json.WriteNumber("to"u8, options.TimeoutMs);
            if (options.ResultTtlMs != 0) json.WriteNumber("ttl"u8, options.ResultTtlMs);
            if (options.Retry != RetryPolicy.Default) WriteRetry(json, options.Retry);
            if (options.Unique is { } unique) WriteUnique(json, unique);
            if (options.Batch is { } batch) json.WriteString("bt"u8, batch);
            if (options.Parent is { } parent) json.WriteString("p"u8, parent);
            WriteRaw(json, "th"u8, options.Then);
            WriteRaw(json, "m"u8, options.Meta);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static JobOptions Decode(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty) return JobOptions.Default;
        var json = new Utf8JsonReader(stored);
        Start(ref json);
        var options = JobOptions.Default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.ValueSpan;
            json.Read();
            options = ReadPart(options, key, ref json, stored);
        }

        return options;
    }

    private static JobOptions ReadPart(JobOptions options, ReadOnlySpan<byte> key, ref Utf8JsonReader json, ReadOnlySpan<byte> stored)
    {
        if (key.SequenceEqual("to"u8)) return options with { TimeoutMs = json.GetInt64() };
        if (key.SequenceEqual("ttl"u8)) return options with { ResultTtlMs = json.GetInt64() };
        if (key.SequenceEqual("r"u8)) return options with { Retry = ReadRetry(ref json) };
        if (key.SequenceEqual("u"u8)) return options with { Unique = ReadUnique(ref json) };
        if (key.SequenceEqual("bt"u8)) return options with { Batch = json.GetGuid() };
        if (key.SequenceEqual("p"u8)) return options with { Parent = json.GetGuid() };
        var start = (int)json.TokenStartIndex;
        json.Skip();
        var raw = stored[start..(int)json.BytesConsumed];
        if (key.SequenceEqual("th"u8)) return options with { Then = raw.ToArray() };
        return key.SequenceEqual("m"u8) ? options with { Meta = raw.ToArray() } : options;
    }

    private static void WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> key, byte[]? value)
    {
        if (value is null) return;
        json.WritePropertyName(key);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static void WriteRetry(Utf8JsonWriter json, RetryPolicy retry)
    {
        var usual = RetryPolicy.Default;
        json.WriteStartObject("r"u8);
        if (retry.MaxAttempts != usual.MaxAttempts) json.WriteNumber("a"u8, retry.MaxAttempts);
        if (retry.MaxFails != usual.MaxFails) json.WriteNumber("f"u8, retry.MaxFails);
        if (retry.Backoff != usual.Backoff) json.WriteNumber("k"u8, (byte)retry.Backoff);
        if (retry.BaseMs != usual.BaseMs) json.WriteNumber("b"u8, retry.BaseMs);
        if (retry.CapMs != usual.CapMs) json.WriteNumber("c"u8, retry.CapMs);
        if (!retry.Jitter.Equals(usual.Jitter)) json.WriteNumber("j"u8, retry.Jitter);
        if (retry.StepsAside) json.WriteBoolean("s"u8, true);
        json.WriteEndObject();
    }

    private static RetryPolicy ReadRetry(ref Utf8JsonReader json)
    {
        var retry = RetryPolicy.Default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.ValueSpan[0];
            json.Read();
            retry = key switch
            {
                (byte)'a' => retry with { MaxAttempts = json.GetInt32() },
                (byte)'f' => retry with { MaxFails = json.GetInt32() },
                (byte)'k' => retry with { Backoff = (Backoff)json.GetByte() },
                (byte)'b' => retry with { BaseMs = json.GetInt64() },
                (byte)'c' => retry with { CapMs = json.GetInt64() },
                (byte)'j' => retry with { Jitter = json.GetDouble() },
                (byte)'s' => retry with { StepsAside = json.GetBoolean() },
                _ => throw new JsonException("unknown part of a stored retry policy"),
            };
        }

        return retry;
    }

    private static void WriteUnique(Utf8JsonWriter json, UniquePolicy unique)
    {
        json.WriteStartObject("u"u8);
        json.WriteString("k"u8, unique.Key);
        if (unique.Until != UniqueUntil.Finished) json.WriteNumber("u"u8, (byte)unique.Until);
        if (unique.ForMs != 0) json.WriteNumber("t"u8, unique.ForMs);
        if (unique.OnConflict != UniqueConflict.Return) json.WriteNumber("c"u8, (byte)unique.OnConflict);
        json.WriteEndObject();
    }

    private static UniquePolicy ReadUnique(ref Utf8JsonReader json)
    {
        var unique = new UniquePolicy("", UniqueUntil.Finished, 0, UniqueConflict.Return);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.ValueSpan[0];
            json.Read();
            unique = key switch
            {
                (byte)'k' => unique with { Key = json.GetString() ?? "" },
                (byte)'u' => unique with { Until = (UniqueUntil)json.GetByte() },
                (byte)'t' => unique with { ForMs = json.GetInt64() },
                (byte)'c' => unique with { OnConflict = (UniqueConflict)json.GetByte() },
                _ => throw new JsonException("unknown part of a stored unique policy"),
            };
        }

        return unique;
    }

    private static void Start(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("stored job options must be a JSON object");
    }
}
