using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Worcr.Store.Journal;

/// <summary>Writes a blob of a journal row: a format byte, then LEB128 varints (signed ones zigzagged), texts and bytes (length first).</summary>
internal sealed class BlobWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Begins a blob.</summary>
    /// <param name="format">What the rest looks like.</param>
    public BlobWriter(byte format)
    {
        _buffer.GetSpan(1)[0] = format;
        _buffer.Advance(1);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    /// <summary>Texts to which the rest of the blob refers by number.</summary>
    public void Table(Dictionary<string, int> texts)
    {
        Count(texts.Count);
        foreach (var text in texts.Keys) Text(text);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        _buffer.Write(bytes);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Count(int value) => Unsigned((ulong)value);

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Unsigned(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _buffer.Advance(length);
    }
}
