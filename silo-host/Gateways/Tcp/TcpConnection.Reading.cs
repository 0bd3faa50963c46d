using System.Buffers;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Reading: a request begins with its first byte and has a bounded time from there.</summary>
public sealed partial class TcpConnection
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>Reads the next line into <see cref="Line"/>.</summary>
    /// <param name="begins">It begins a request: it may be waited for long, and is not read when the silo leaves.</param>
    /// <param name="within">How long it is waited for, and how long it may take to arrive; null: as the gateway's options say.</param>
    public async ValueTask<LineRead> ReadLineAsync(bool begins = true, TimeSpan? within = null)
    {
        if (begins) GiveUpPlace();
        long scanned = 0;
        while (!(begins && _isStopping) && _cut == TcpCut.None)
        {
            if (!_input.TryRead(out var read))
            {
                if (scanned == 0) _watchdog.Set(within ?? (begins ? _options.IdleTimeout : _options.ReceiveTimeout), begins ? TcpCut.Idle : TcpCut.Stalled);
                read = await _input.ReadAsync();
                if (scanned == 0) _watchdog.Clear();
            }

            if (TakeLine(read.Buffer, scanned) is { } result)
            {
                _watchdog.Clear();
                return result;
            }

            if (scanned == 0 && read.Buffer.Length > 0) _watchdog.Set(within ?? _options.ReceiveTimeout, TcpCut.Stalled);
            scanned = read.Buffer.Length;
            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) break;
            if (scanned > TcpGatewayOptions.LargeBlockBytes) await TakePlaceAsync();
        }

        return LineRead.End;
    }

    /// <summary>
    /// Takes the next line into <see cref="Line"/> if it begins a request of this kind, ended with its line feed, and lies here already: what a client sent behind a
    /// request that is in hand. Nothing is waited for, and nothing else is taken.
    /// </summary>
    public bool TryTakeLine(ReadOnlySpan<byte> beginning)
    {
        if (_isStopping || _cut != TcpCut.None || !_input.TryRead(out var read)) return false;
        var isOne = new SequenceReader<byte>(read.Buffer).IsNext(beginning) && read.Buffer.PositionOf(LineFeed) is { } end && read.Buffer.Slice(0, end).Length <= _options.MaxLineBytes;
        if (isOne) return TakeLine(read.Buffer, 0) is LineRead.Line or LineRead.BareLine;
        _input.AdvanceTo(read.Buffer.Start);
        return false;
    }

    /// <summary>Reads a block of exactly so many bytes, of a length the caller has judged; null when the client has gone or did not send it in time.</summary>
    public async ValueTask<byte[]?> ReadBlockAsync(int length)
    {
        if (length > TcpGatewayOptions.LargeBlockBytes) await TakePlaceAsync();
        var block = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length);
        return await ReadBytesAsync(block, length) ? block : null;
    }

    /// <summary>Reads and forgets so many bytes; false when the client has gone or did not send them in time.</summary>
    public ValueTask<bool> SkipAsync(long length) => ReadBytesAsync(null, length);

    /// <summary>Waits for one of the places for what is large.</summary>
    private async ValueTask TakePlaceAsync()
    {
        if (_holdsPlace) return;
        await _largeBlocks.WaitAsync(CancellationToken.None);
        _holdsPlace = true;
    }

    private async ValueTask<bool> ReadBytesAsync(byte[]? into, long length)
    {
        long done = 0;
        var isWatched = false;
        while (done < length && _cut == TcpCut.None)
        {
            if (!_input.TryRead(out var read))
            {
                if (!isWatched) _watchdog.Set(_options.ReceiveTimeout + TimeSpan.FromSeconds((double)length / PieceBytes), TcpCut.Stalled);
                isWatched = true;
                read = await _input.ReadAsync();
            }

            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, length - done));
            if (into is not null) part.CopyTo(into.AsSpan((int)done));
            done += part.Length;
            _input.AdvanceTo(part.End);
            if (read.IsCompleted && done < length && part.Length == read.Buffer.Length) break;
        }

        if (isWatched) _watchdog.Clear();
        return done == length;
    }

    /// <summary>Null when there is no whole line yet, and it may still become one. The first <paramref name="scanned"/> bytes have no line feed.</summary>
    private LineRead? TakeLine(ReadOnlySequence<byte> buffer, long scanned)
    {
        var end = buffer.Slice(scanned).PositionOf(LineFeed);
        if (end is null)
        {
            if (buffer.Length <= _options.MaxLineBytes + 1L) return null;
            _input.AdvanceTo(buffer.End);
            return LineRead.TooLong;
        }

        var line = buffer.Slice(0, end.Value);
        var isWhole = EndsWithCarriageReturn(line);
        if (isWhole) line = line.Slice(0, line.Length - 1);
        var isLong = line.Length > _options.MaxLineBytes;
        if (!isLong) Keep(line);
        _input.AdvanceTo(buffer.GetPosition(1, end.Value));
        return isLong ? LineRead.TooLong : isWhole ? LineRead.Line : LineRead.BareLine;
    }

    private static bool EndsWithCarriageReturn(ReadOnlySequence<byte> line) =>
        line.Length > 0 && (line.IsSingleSegment ? line.FirstSpan[^1] : line.Slice(line.Length - 1).FirstSpan[0]) == CarriageReturn;

    private void Keep(ReadOnlySequence<byte> line)
    {
        var length = (int)line.Length;
        if (_line.Length < length || (_line.Length > KeptLineBytes && length <= KeptLineBytes))
        {
            ReturnLine();
            _line = ArrayPool<byte>.Shared.Rent(Math.Max(length, 256));
        }

        line.CopyTo(_line);
        _lineLength = length;
    }

    private void ReturnLine()
    {
        if (_line.Length > 0) ArrayPool<byte>.Shared.Return(_line);
        (_line, _lineLength) = ([], 0);
    }
}
