using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Worcr.Store.Journal;

/// <summary>
/// Writes the two blobs of a journal row. Format 1, all numbers LEB128 varints, signed ones zigzagged, each a difference to the entry
/// before it: leases = format, count, worker names (count, then length + UTF-8 each), then per lease seq, attempt (with the polled flag as its lowest bit), nonce (4 bytes), started, deadline
/// (relative to started), index of the worker; strands = format, count, then per strand lane, priority (absolute), delta (absolute).
/// </summary>
internal sealed class JournalWriter
{
    /// <summary>The format this build writes.</summary>
    public const byte Format = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>The blob of <paramref name="leases"/>, or null when there are none.</summary>
    public static byte[]? Leases(IReadOnlyList<LeaseEntry> leases)
    {
        if (leases.Count == 0) return null;
        var writer = new JournalWriter();
        writer.WriteLeases(leases);
        return writer._buffer.WrittenSpan.ToArray();
    }

    /// <summary>The blob of <paramref name="strands"/>, or null when there are none.</summary>
    public static byte[]? Strands(IReadOnlyList<StrandDelta> strands)
    {
        if (strands.Count == 0) return null;
        var writer = new JournalWriter();
        writer.WriteStrands(strands);
        return writer._buffer.WrittenSpan.ToArray();
    }

    private void WriteLeases(IReadOnlyList<LeaseEntry> leases)
    {
        var workers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var lease in leases) workers.TryAdd(lease.Worker, workers.Count);
        Header(leases.Count);
        Unsigned((ulong)workers.Count);
        foreach (var worker in workers.Keys) Text(worker);
        long seq = 0, started = 0;
        foreach (var lease in leases)
        {
            Signed(lease.Seq - seq);
            Unsigned(((ulong)lease.Attempt << 1) | (lease.IsPolled ? 1UL : 0UL));
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), lease.Nonce);
            _buffer.Advance(4);
            Signed(lease.StartedAt - started);
            Signed(lease.DeadlineAt - lease.StartedAt);
            Unsigned((ulong)workers[lease.Worker]);
            (seq, started) = (lease.Seq, lease.StartedAt);
        }
    }

    private void WriteStrands(IReadOnlyList<StrandDelta> strands)
    {
        Header(strands.Count);
        long lane = 0;
        foreach (var strand in strands)
        {
            Signed(strand.LaneId - lane);
            Signed(strand.Priority);
            Signed(strand.Delta);
            lane = strand.LaneId;
        }
    }

    private void Header(int count)
    {
        _buffer.GetSpan(1)[0] = Format;
        _buffer.Advance(1);
        Unsigned((ulong)count);
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    private void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private void Unsigned(ulong value)
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
