using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Worcr.Player;

/// <summary>A client of a line-based TCP protocol, one request at a time. Texts are Latin-1, a character a byte.</summary>
internal sealed class LineSocket : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly StreamReader _reader;

    private LineSocket(TcpClient tcp) => (_tcp, _reader) = (tcp, new StreamReader(tcp.GetStream(), Encoding.Latin1));

    public static async Task<LineSocket> ConnectAsync(int port, CancellationToken cancel)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(IPAddress.Loopback, port, cancel);
            return new LineSocket(tcp);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Connects to a Faktory gateway and says hello.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="wid">The worker's name, or null for a producer.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<LineSocket> FaktoryAsync(int port, string? wid, CancellationToken cancel)
    {
        var socket = await ConnectAsync(port, cancel);
        try
        {
            await socket.LineAsync(cancel);
            var answer = await socket.AskAsync(wid is null ? """HELLO {"v":2}""" : $$"""HELLO {"v":2,"wid":"{{wid}}"}""", cancel);
            return answer == "+OK" ? socket : throw new IOException(answer);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends lines and gives the first line of the reply.</summary>
    public async Task<string> AskAsync(string text, CancellationToken cancel)
    {
        await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), cancel);
        return await LineAsync(cancel);
    }

    public async Task<string> LineAsync(CancellationToken cancel) => await _reader.ReadLineAsync(cancel) ?? throw new EndOfStreamException("The server closed the connection.");

    /// <summary>A block of so many bytes, and the line end behind it.</summary>
    public async Task<string> BlockAsync(int length, CancellationToken cancel)
    {
        var block = new char[length];
        if (await _reader.ReadBlockAsync(block, cancel) < length) throw new EndOfStreamException("The server closed the connection.");
        await LineAsync(cancel);
        return new string(block);
    }

    public void Dispose() => _tcp.Dispose();
}
