namespace Worcr.SiloHost.Commands.Work;

/// <summary>Lines of a stream with their ends, in bounded memory: a line longer than <paramref name="maxLine"/> comes in pieces.</summary>
public sealed class ByteLines(Stream stream, int maxLine)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next line or piece, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0) return Take(searched + at + 1);
            if (_end - _start >= maxLine) return Take(_end - _start);
            searched = _end - _start;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end));
            _end += read;
            if (read == 0) return _end > _start ? Take(_end - _start) : default(ReadOnlyMemory<byte>?);
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length;
        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
