using System.Buffers;
using System.Runtime.CompilerServices;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>
/// Cuts a stream of lines into chunks, in memory that depends on the limits and not on the stream. Empty lines are passed over;
/// a line that is no job ends its chunk, so that whoever sends the chunks decides what happens then.
/// </summary>
public sealed class NdjsonReader(Stream stream, NdjsonLimits limits)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _tooLong;
    private long _line;
    private long _bytes;
    private ArrayBufferWriter<byte> _body = new();
    private List<NdjsonJob> _jobs = [];

    /// <summary>The chunks, in order.</summary>
    public async IAsyncEnumerable<NdjsonChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await NextLineAsync(cancel) is { } line)
        {
            _line++;
            var fault = _tooLong ? $"longer than {limits.MaxLineBytes:N0} bytes" : Take(Trim(line.Span));
            _tooLong = false;
            if (fault is not null) yield return Cut(new NdjsonBadLine(_line, fault));
            else if (_jobs.Count >= limits.MaxJobs || _body.WrittenCount >= limits.MaxBytes) yield return Cut(null);
        }

        if (_jobs.Count > 0) yield return Cut(null);
    }

    private string? Take(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || _line <= limits.SkipLines) return null;
        if (JobLine.Fault(line) is { } fault) return fault;
        _jobs.Add(new NdjsonJob(_line, _body.WrittenCount, line.Length));
        _body.Write(line);
        _body.Write("\n"u8);
        return null;
    }

    private NdjsonChunk Cut(NdjsonBadLine? bad)
    {
        var chunk = new NdjsonChunk(_body.WrittenMemory, _jobs, bad, _bytes, _line);
        _body = new ArrayBufferWriter<byte>(Math.Max(256, _body.WrittenCount));
        _jobs = [];
        return chunk;
    }

    /// <summary>The next line without its end, or null. It is valid until the next call.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> NextLineAsync(CancellationToken cancel)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0) return Advance(searched + at, 1);
            if (_ended) return _end > _start || _tooLong ? Advance(_end - _start, 0) : default(ReadOnlyMemory<byte>?);
            if (_end - _start > limits.MaxLineBytes)
            {
                _tooLong = true;
                _bytes += _end - _start;
                _start = _end = 0;
            }

            searched = _end - _start;
            await FillAsync(cancel);
        }
    }

    private ReadOnlyMemory<byte> Advance(int length, int terminator)
    {
        var line = _buffer.AsMemory(_start, length);
        if (length > limits.MaxLineBytes) _tooLong = true;
        _start += length + terminator;
        _bytes += length + terminator;
        return line;
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
        _ended = read == 0;
        _end += read;
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (_line == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        return line.Trim(" \t\r"u8);
    }
}
