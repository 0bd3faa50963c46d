using System.Buffers.Binary;
using System.Text;

namespace Worcr.Store.Journal;

/// <summary>Reads what <see cref="JournalWriter"/> wrote.</summary>
internal ref struct JournalReader
{
    private ReadOnlySpan<byte> _rest;

    private JournalReader(ReadOnlySpan<byte> blob) => _rest = blob;

    /// <summary>The leases in <paramref name="blob"/>.</summary>
    public static LeaseEntry[] Leases(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return [];
        var reader = new JournalReader(blob);
        var leases = new LeaseEntry[reader.Header()];
        var workers = new string[reader.Count()];
        for (var i = 0; i < workers.Length; i++) workers[i] = reader.Text();
        long seq = 0, started = 0;
        for (var i = 0; i < leases.Length; i++)
        {
            seq += reader.Signed();
            var attempt = reader.Unsigned();
            var nonce = reader.UInt32();
            started += reader.Signed();
            var deadline = started + reader.Signed();
            leases[i] = new LeaseEntry(seq, (int)(attempt >> 1), nonce, started, deadline, workers[reader.Count()], (attempt & 1) != 0);
        }

        return leases;
    }

    /// <summary>The strand changes in <paramref name="blob"/>.</summary>
    public static StrandDelta[] Strands(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return [];
        var reader = new JournalReader(blob);
        var strands = new StrandDelta[reader.Header()];
        long lane = 0;
        for (var i = 0; i < strands.Length; i++)
        {
            lane += reader.Signed();
            strands[i] = new StrandDelta(lane, (int)reader.Signed(), (int)reader.Signed());
        }

        return strands;
    }

    private int Header()
    {
        var format = _rest[0];
        if (format != JournalWriter.Format) throw new StoreSchemaException($"the journal has a row of format {format}; this build reads format {JournalWriter.Format}");
        _rest = _rest[1..];
        return Count();
    }

    private int Count() => checked((int)Unsigned());

    private string Text()
    {
        var length = Count();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    private uint UInt32()
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    private long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
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
}
