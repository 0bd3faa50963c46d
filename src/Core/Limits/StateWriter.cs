using System.Buffers;

namespace Worcr.Core.Limits;

/// <summary>Writes numbers in few bytes: seven bits a byte, the sign in the lowest bit, so that small ones are short.</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Add(long value)
    {
        var left = (ulong)(value << 1) ^ (ulong)(value >> 63);
        for (; left >= 0x80; left >>= 7) Add((byte)(left | 0x80));
        Add((byte)left);
    }

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    private void Add(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
