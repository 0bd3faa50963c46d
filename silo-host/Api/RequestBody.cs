using System.Buffers;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>A whole request body in one pooled buffer. Dispose it when it is parsed.</summary>
public readonly struct RequestBody : IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private const int MaxTrustedLength = 1024 * 1024;
    private readonly byte[] _buffer;
    private readonly int _length;

    private RequestBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body to its end. Throws <see cref="BadHttpRequestException"/> when it is longer than <see cref="WireLimits.BodyBytes"/>.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var announced = context.Request.ContentLength ?? FirstBytes;
        if (announced > WireLimits.BodyBytes) throw TooLarge();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(announced, 1, MaxTrustedLength));
        var length = 0;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(context.RequestAborted);
                var chunk = result.Buffer;
                if (length + chunk.Length > WireLimits.BodyBytes) throw TooLarge();
                buffer = Reserve(buffer, length, (int)chunk.Length);
                chunk.CopyTo(buffer.AsSpan(length));
                length += (int)chunk.Length;
                reader.AdvanceTo(chunk.End);
                if (result.IsCompleted) return new RequestBody(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Reserve(byte[] buffer, int used, int more)
    {
        if (used + more <= buffer.Length) return buffer;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + more, buffer.Length * 2));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
