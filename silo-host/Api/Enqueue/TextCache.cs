using System.Buffers.Binary;
using System.Text;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>
/// Turns UTF-8 names into strings without allocating for those seen lately: types, tenants, queues and tags repeat. A table of
/// fixed size in which a newcomer takes the place of whoever has it, so neither memory nor time can be driven up from outside.
/// Shared by all requests: entries are immutable and replaced whole.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 8_192;
    private const int MaxCachedBytes = 128;
    private readonly TextEntry?[] _slots = new TextEntry?[Slots];

    /// <summary>The entry of a name that is valid UTF-8; null when it is not 1 to 255 characters or has control characters.</summary>
    public TextEntry? Find(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(utf8);
        ref var slot = ref _slots[hash % Slots];
        var entry = slot;
        if (entry is not null && entry.Hash == hash && utf8.SequenceEqual(entry.Utf8)) return entry;
        if (utf8.Length is 0 or > WireLimits.NameLength * 3) return null;
        var text = Encoding.UTF8.GetString(utf8);
        if (!IsName(text)) return null;
        entry = new TextEntry(utf8.ToArray(), text, hash);
        if (utf8.Length <= MaxCachedBytes) slot = entry;
        return entry;
    }

    /// <summary>Whether a text can be a type, tenant, queue, tag or order key.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > WireLimits.NameLength) return false;
        foreach (var c in text)
        {
            if (char.IsControl(c)) return false;
        }

        return true;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Factor = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)bytes.Length * Factor;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Factor;
            hash ^= hash >> 29;
            bytes = bytes[8..];
        }

        ulong tail = 0;
        foreach (var b in bytes) tail = (tail << 8) | b;
        hash = (hash ^ tail) * Factor;
        return (uint)(hash >> 32);
    }
}
