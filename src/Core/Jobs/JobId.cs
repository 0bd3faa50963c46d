using System.Buffers.Binary;

namespace Worcr.Core.Jobs;

/// <summary>
/// Job ids: UUID version 7 (RFC 9562, section 5.7) whose last 62 bits are the job's sequence number, so that finding a job by its
/// id needs no index. The 12 bits of <c>rand_a</c> are random.
/// </summary>
public static class JobId
{
    private const long SeqMask = 0x3FFF_FFFF_FFFF_FFFF;

    /// <summary>Makes the id of the job at <paramref name="seq"/>.</summary>
    /// <param name="unixMs">The time of the enqueue, Unix milliseconds; taken modulo 2^48.</param>
    /// <param name="seq">The sequence number, 0 to 2^62-1.</param>
    /// <param name="salt">Twelve random bits; the rest is ignored.</param>
    public static Guid Create(long unixMs, long seq, int salt)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (unixMs << 16) | 0x7000L | (uint)(salt & 0xFFF));
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], (seq & SeqMask) | unchecked((long)0x8000_0000_0000_0000));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The sequence number inside <paramref name="id"/>, or false when no id of ours can look like that.</summary>
    public static bool TryGetSeq(Guid id, out long seq)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        seq = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & SeqMask;
        return bytes[6] >> 4 == 7 && bytes[8] >> 6 == 2;
    }
}
