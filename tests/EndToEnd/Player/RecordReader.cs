using System.Net.WebSockets;

namespace Worcr.Player;

/// <summary>Splits what a WebSocket brings at the hub protocol's record ends.</summary>
internal sealed class RecordReader(ClientWebSocket socket)
{
    private const byte RecordEnd = 0x1e;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _open = new();
    private readonly Queue<byte[]> _whole = new();

    /// <summary>The next record; null when the peer has closed.</summary>
    public async Task<byte[]?> NextAsync(CancellationToken cancel)
    {
        while (_whole.Count == 0)
        {
            var got = await socket.ReceiveAsync(_buffer.AsMemory(), cancel);
            if (got.MessageType == WebSocketMessageType.Close) return null;
            Split(_buffer.AsSpan(0, got.Count));
        }

        return _whole.Dequeue();
    }

    private void Split(ReadOnlySpan<byte> bytes)
    {
        for (var end = bytes.IndexOf(RecordEnd); end >= 0; end = bytes.IndexOf(RecordEnd))
        {
            _open.Write(bytes[..end]);
            _whole.Enqueue(_open.ToArray());
            _open.SetLength(0);
            bytes = bytes[(end + 1)..];
        }

        _open.Write(bytes);
    }
}
