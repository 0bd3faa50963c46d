using System.Buffers.Text;
using System.Net.Sockets;

namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>
/// One HTTP/1.1 connection with one request under way: prebuilt bytes go out, and of the answer only what frames it is looked at. It costs
/// a fraction of what an HTTP library costs, so that a figure is about the server.
/// </summary>
public sealed class BenchConnection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private BenchConnection(Socket socket) => _socket = socket;

    /// <summary>Connects to a server.</summary>
    public static async Task<BenchConnection> OpenAsync(Uri url, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, cancel);
        return new BenchConnection(socket);
    }

    /// <summary>Sends a request and reads its answer to the end; fails unless the status is 2xx.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> request)
    {
        var sent = 0;
        while (sent < request.Length) sent += await _socket.SendAsync(request[sent..]);
        var headLength = await HeadAsync();
        var head = AnswerHead.Parse(_buffer.AsSpan(_start, headLength));
        _start += headLength;
        if (head.IsChunked) await SkipChunksAsync();
        else await SkipAsync(head.ContentLength);
        if (head.Status is < 200 or >= 300) throw new CommandException($"the silo answered HTTP {head.Status}");
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> HeadAsync()
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (at >= 0) return at + 4;
            await FillAsync();
        }
    }

    private async ValueTask SkipChunksAsync()
    {
        while (true)
        {
            int at;
            while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0) await FillAsync();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, at), out int size, out _, 'x')) throw new InvalidDataException("A chunk without a size.");
            _start += at + 2;
            await SkipAsync(size + 2);
            if (size == 0) return;
        }
    }

    private async ValueTask SkipAsync(long count)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            _start = _end = 0;
            await FillAsync();
        }

        _start += (int)count;
        if (_start == _end) _start = _end = 0;
    }

    private async ValueTask FillAsync()
    {
        if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0) throw new IOException("The silo closed the connection.");
        _end += read;
    }
}
