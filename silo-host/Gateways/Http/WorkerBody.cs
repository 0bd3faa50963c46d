using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>The body of one worker call, in one pooled piece of bounded size.</summary>
internal sealed class WorkerBody : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private WorkerBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body as it is.</summary>
    public static async Task<WorkerBody> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > WorkerBounds.MessageBytes) throw TooLarge();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = WorkerBounds.MessageBytes + 1;
        var reader = http.Request.BodyReader;
        for (; ; )
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > WorkerBounds.MessageBytes) throw TooLarge();
            if (read.IsCompleted)
            {
                var length = (int)read.Buffer.Length;
                var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
                read.Buffer.CopyTo(buffer);
                reader.AdvanceTo(read.Buffer.End);
                return new WorkerBody(buffer, length);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Reads the body as JSON.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        using var body = await ReadAsync(http);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new WorkerCallException(ErrorCodes.InvalidJson, "An object is expected.");
        }
        catch (JsonException e)
        {
            if (e.InnerException is JsonException || e.Path is null or "$") throw new WorkerCallException(ErrorCodes.InvalidJson, "This is no JSON object.");
            if (e.Message.Contains("could not be mapped", StringComparison.Ordinal)) throw new WorkerCallException(ErrorCodes.UnknownField, "It is not known here.", e.Path.TrimStart('$', '.'));
            throw WorkerCallException.Invalid(e.Path.TrimStart('$', '.'), "The value is of another type.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static WorkerCallException TooLarge() => WorkerCallException.TooLarge("body", "The body of a worker call may have 4 MiB.");
}
