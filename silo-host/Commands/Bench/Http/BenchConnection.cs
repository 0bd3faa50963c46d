using System.Buffers.Text;
using System.Net.Sockets;

namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>
/// One HTTP/1.1 connection with one request under way: prebuilt bytes go out, and of the answer only what frames it is looked at. It costs
/// a fraction of what an HTTP library costs, so that a figure is about the server: on a machine that load and server share, a thread that waits in the kernel for
/// its answer costs less than half of what asynchronous sockets do. For one thread at a time.
/// </summary>
public sealed class BenchConnection : IDisposable
{
    private const int PatienceMs = 60_000;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private BenchConnection(Socket socket) => _socket = socket;

    /// <summary>Connects to a server.</summary>
    public static BenchConnection Open(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = PatienceMs, SendTimeout = PatienceMs };
        socket.Connect(url.Host, url.Port);
        return new BenchConnection(socket);
    }

    /// <summary>Sends a request and reads its answer to the end; fails unless the status is 2xx.</summary>
    public void Send(ReadOnlySpan<byte> request)
    {
        while (request.Length > 0) request = request[_socket.Send(request)..];
        var headLength = ReadHead();
        var head = AnswerHead.Parse(_buffer.AsSpan(_start, headLength));
        _start += headLength;
        if (head.IsChunked) SkipChunks();
        else Skip(head.ContentLength);
        if (head.Status is < 200 or >= 300) throw new CommandException($"the silo answered HTTP {head.Status}");
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private int ReadHead()
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (at >= 0) return at + 4;
            Fill();
        }
    }

    private void SkipChunks()
    {
        while (true)
        {
            int at;
            while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0) Fill();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, at), out int size, out _, 'x')) throw new InvalidDataException("A chunk without a size.");
            _start += at + 2;
            Skip(size + 2);
            if (size == 0) return;
        }
    }

    private void Skip(long count)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            _start = _end = 0;
            Fill();
        }

        _start += (int)count;
        if (_start == _end) _start = _end = 0;
    }

    private void Fill()
    {
        if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _socket.Receive(_buffer.AsSpan(_end));
        if (read == 0) throw new IOException("The silo closed the connection.");
        _end += read;
    }
}
