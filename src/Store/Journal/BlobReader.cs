using System.Buffers.Binary;
using System.Text;

namespace Worcr.Store.Journal;

/// <summary>Reads what <see cref="BlobWriter"/> wrote.</summary>
internal ref struct BlobReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins a blob.</summary>
    /// <exception cref="StoreSchemaException">It has another format.</exception>
    public BlobReader(ReadOnlySpan<byte> blob, byte format)
    {
        if (blob[0] != format) throw new StoreSchemaException($"the journal has a row of format {blob[0]}; this build reads format {format}");
        _rest = blob[1..];
    }

    public string Text() => Encoding.UTF8.GetString(Taken(Count()));

    public string[] Table()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++) texts[i] = Text();
        return texts;
    }

    public byte[] Bytes() => Taken(Count()).ToArray();

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Taken(4));

    public int Count() => checked((int)Unsigned());

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var i = 0; ; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
    }

    private ReadOnlySpan<byte> Taken(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
