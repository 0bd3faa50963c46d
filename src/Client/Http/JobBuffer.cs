using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Worcr.Client.Http;

/// <summary>Where a thread writes one job before it joins a batch.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its thread.")]
internal sealed class JobBuffer
{
    private const int KeepBytes = 64 * 1024;
    [ThreadStatic]
    private static JobBuffer? _own;

    private ArrayBufferWriter<byte> _bytes = new(1_024);
    private readonly Utf8JsonWriter _writer;

    private JobBuffer() => _writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes a job; the bytes are good until this thread writes the next one.</summary>
    public static ReadOnlySpan<byte> Write<TArgs>(string type, TArgs args, JobRequestOptions? options, Guid? id, JsonSerializerOptions json)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var own = Take();
        JobWriter.Write(own._writer, type, args, options, new JobExtras(id), json);
        return own.Finish();
    }

    /// <summary>Writes a job; the bytes are good until this thread writes the next one.</summary>
    public static ReadOnlySpan<byte> Write(NewJob job, JobExtras extras, JsonSerializerOptions json)
    {
        var own = Take();
        job.WriteTo(own._writer, extras, json);
        return own.Finish();
    }

    /// <summary>A converter of the caller's may enqueue on its own meanwhile.</summary>
    private static JobBuffer Take()
    {
        var own = _own ?? new JobBuffer();
        _own = null;
        own.Clear();
        return own;
    }

    private ReadOnlySpan<byte> Finish()
    {
        _writer.Flush();
        _own = this;
        return _bytes.WrittenSpan;
    }

    private void Clear()
    {
        if (_bytes.Capacity > KeepBytes) _bytes = new ArrayBufferWriter<byte>(1_024);
        _bytes.ResetWrittenCount();
        _writer.Reset(_bytes);
    }
}
