using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Worcr.Client.Hub;

/// <summary>A WebSocket as a pair of pipes, which is what SignalR speaks over.</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private const int SegmentBytes = 32 * 1024;
    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.ThreadPool,
        pauseWriterThreshold: 4 * 1024 * 1024, resumeWriterThreshold: 2 * 1024 * 1024,
        minimumSegmentSize: SegmentBytes, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly Pipe _in = new(Options);
    private readonly Pipe _out = new(Options);
    private readonly Task _receiving;
    private readonly Task _sending;

    public WebSocketConnection(WebSocket socket)
    {
        _socket = socket;
        Transport = new Ends(_in.Reader, _out.Writer);
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    public override string ConnectionId { get; set; } = "";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort() => _socket.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await _sending.WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a deaf server does not hold us up
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        _socket.Abort();
        await _sending.ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
        _socket.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync()
    {
        Exception? fault = null;
        try
        {
            for (; ; )
            {
                var received = await _socket.ReceiveAsync(_in.Writer.GetMemory(SegmentBytes), CancellationToken.None).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close) break;
                _in.Writer.Advance(received.Count);
                if (!received.EndOfMessage) continue;
                var flushed = await _in.Writer.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted) break;
            }
        }
        catch (Exception e)
        {
            fault = e;
        }

        await _in.Writer.CompleteAsync(fault).ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        Exception? fault = null;
        try
        {
            for (; ; )
            {
                var read = await _out.Reader.ReadAsync().ConfigureAwait(false);
                if (!read.Buffer.IsEmpty) await SendAsync(read.Buffer).ConfigureAwait(false);
                _out.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            fault = e;
            _socket.Abort(); // wakes the receiver, which ends the connection
        }

        await _out.Reader.CompleteAsync(fault).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(System.Buffers.ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            await _socket.SendAsync(bytes.First, WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        var position = bytes.Start;
        var left = bytes.Length;
        while (bytes.TryGet(ref position, out var part))
        {
            left -= part.Length;
            await _socket.SendAsync(part, WebSocketMessageType.Text, left == 0, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
