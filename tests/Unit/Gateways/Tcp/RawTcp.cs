using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Worcr.Unit.Gateways.Tcp;

/// <summary>A client with a bare socket: every byte is the test's. Text is Latin-1, so that bytes and characters are the same.</summary>
public sealed class RawTcp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _one = new byte[1];

    public static async Task<RawTcp> ConnectAsync(EndPoint address)
    {
        var client = new RawTcp();
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await InTime(_socket.SendAsync(bytes, SocketFlags.None), "the bytes were not taken")..];
    }

    /// <summary>Sends as long as the other side takes it; false when it has cut the connection.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A line without its CR LF.</summary>
    public async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (await ReceiveAsync(_one) == 0) throw new EndOfStreamException($"The connection ended after \"{line}\".");
            if (_one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)_one[0]);
        }
    }

    public async Task<string> LinesAsync(int count)
    {
        var lines = new List<string>();
        while (lines.Count < count) lines.Add(await LineAsync());
        return string.Join('|', lines);
    }

    public async Task<byte[]> BytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var got = await ReceiveAsync(bytes.AsMemory(done));
            if (got == 0) throw new EndOfStreamException($"The connection ended after {done} of {count} bytes.");
            done += got;
        }

        return bytes;
    }

    /// <summary>Everything up to the end of the connection, however it ends.</summary>
    public async Task<byte[]> RestAsync()
    {
        using var rest = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int got; (got = await ReceiveAsync(buffer)) > 0;) rest.Write(buffer, 0, got);
        }
        catch (SocketException)
        {
            // a reset is an end, too
        }

        return rest.ToArray();
    }

    /// <summary>Nothing more may come but the end.</summary>
    public async Task ShouldBeClosedAsync() => Encoding.Latin1.GetString(await RestAsync()).ShouldBe("");

    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private Task<int> ReceiveAsync(Memory<byte> into) => InTime(_socket.ReceiveAsync(into, SocketFlags.None), "nothing came");

    private static async Task<int> InTime(ValueTask<int> call, string otherwise)
    {
        try
        {
            return await call.AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"For {Patience.TotalSeconds} s {otherwise}.", e);
        }
    }
}
