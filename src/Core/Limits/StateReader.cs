namespace Worcr.Core.Limits;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Anything else is a <see cref="FormatException"/>.</summary>
internal sealed class StateReader(byte[] bytes)
{
    private int _at;

    public long Next()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at >= bytes.Length) throw new FormatException("a saved limit that is broken off");
            var part = bytes[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new FormatException("a saved limit with a number that is too long");
    }

    public double NextDouble() => BitConverter.Int64BitsToDouble(Next());

    /// <summary>There must be nothing more.</summary>
    public void End()
    {
        if (_at < bytes.Length) throw new FormatException("a saved limit with something behind it");
    }
}
