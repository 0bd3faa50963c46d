using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>
/// One client of a TCP gateway: lines and blocks come in, replies go out, everything within the gateway's bounds. Used by one task at a
/// time; only <see cref="Stop"/> may come from outside.
/// </summary>
public sealed partial class TcpConnection : IBufferWriter<byte>, IAsyncDisposable
{
    private const int PieceBytes = 32 * 1024;
    private const int KeptLineBytes = 16 * 1024;

    private readonly ConnectionContext _context;
    private readonly TcpGatewayOptions _options;
    private readonly SemaphoreSlim _largeBlocks;
    private readonly string _protocol;
    private readonly TcpWatchdog _watchdog;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private byte[] _line = [];
    private int _lineLength;
    private bool _holdsPlace;
    private volatile bool _isStopping;
    private volatile TcpCut _cut;

    internal TcpConnection(ConnectionContext context, TcpGatewayOptions options, string protocol, SemaphoreSlim largeBlocks, TimeProvider time, CancellationToken draining)
    {
        (_context, _options, _protocol, _largeBlocks) = (context, options, protocol, largeBlocks);
        (_input, _output) = (context.Transport.Input, context.Transport.Output);
        _watchdog = new TcpWatchdog(time, CutOff);
        Draining = draining;
    }

    /// <summary>A name for logs.</summary>
    public string Id => _context.ConnectionId;

    /// <summary>Where the client is.</summary>
    public EndPoint? Remote => _context.RemoteEndPoint;

    /// <summary>The client has closed its sending side, has gone, or was cut off.</summary>
    public CancellationToken Gone => _context.ConnectionClosed;

    /// <summary>The silo drains: what only waits ends now, reports are still welcome.</summary>
    public CancellationToken Draining { get; }

    /// <summary>The last line that <see cref="ReadLineAsync"/> read, without its ending; good until the next one.</summary>
    public ReadOnlyMemory<byte> Line => _line.AsMemory(0, _lineLength);

    /// <summary>Counts a command in the metrics; a name of the protocol's, never one that the client made up.</summary>
    public void CountCommand(string name) => TcpMeter.CountCommand(_protocol, name);

    /// <inheritdoc />
    public void Advance(int count) => _output.Advance(count);

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0) => _output.GetMemory(sizeHint);

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => _output.GetSpan(sizeHint);

    /// <summary>Sends what was written; false when the client does not take it: then the connection is over.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        var flush = _output.FlushAsync();
        if (flush.IsCompletedSuccessfully) return IsTaken(flush.Result);
        _watchdog.Set(_options.SendTimeout, TcpCut.Unread);
        var result = await flush;
        _watchdog.Clear();
        return IsTaken(result);
    }

    /// <summary>Writes and sends bytes of any number, piece by piece; false when the client does not take them.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var rest = bytes; ; rest = rest[PieceBytes..])
        {
            if (rest.Length <= PieceBytes)
            {
                _output.Write(rest.Span);
                return await FlushAsync();
            }

            _output.Write(rest.Span[..PieceBytes]);
            if (!await FlushAsync()) return false;
        }
    }

    /// <summary>Sends what is left, as far as the client takes it, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        GiveUpPlace();
        ReturnLine();
        if (_cut != TcpCut.None) TcpMeter.CountCut(_protocol, _cut);
        _watchdog.Set(_options.SendTimeout, TcpCut.Unread);
        await _output.CompleteAsync();
        await _input.CompleteAsync();
        await _context.DisposeAsync();
        _watchdog.Dispose();
    }

    /// <summary>No further request is read; the one under way goes on.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _input.CancelPendingRead();
    }

    /// <summary>Cuts the connection at once.</summary>
    internal void Abort() => _context.Abort();

    private bool IsTaken(FlushResult result) => result is { IsCompleted: false, IsCanceled: false } && _cut == TcpCut.None;

    private void CutOff(TcpCut why)
    {
        _cut = why;
        if (why == TcpCut.Unread) _context.Abort();
        else _input.CancelPendingRead();
    }

    private void GiveUpPlace()
    {
        if (_holdsPlace) _largeBlocks.Release();
        _holdsPlace = false;
    }
}
