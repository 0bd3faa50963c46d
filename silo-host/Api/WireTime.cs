using System.Buffers;
using System.Text.Json;

namespace Worcr.SiloHost.Api;

/// <summary>RFC 3339 times: date, time and offset are all needed.</summary>
public static class WireTime
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create("0123456789-:.+TZ"u8);
    private const int MinLength = 20;
    private const int MaxLength = 40;

    /// <summary>Reads a time; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < MinLength or > MaxLength || text[10] != 'T' || !HasOffset(text)) return false;
        Span<byte> quoted = stackalloc byte[MaxLength + 2];
        quoted[0] = (byte)'"';
        text.CopyTo(quoted[1..]);
        quoted[text.Length + 1] = (byte)'"';
        var reader = new Utf8JsonReader(quoted[..(text.Length + 2)]);
        return IsPlain(text) && reader.Read() && reader.TryGetDateTimeOffset(out time);
    }

    /// <summary>From Unix milliseconds; null for 0, which means "none".</summary>
    public static DateTimeOffset? From(long unixMs) => unixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMs);

    private static bool HasOffset(ReadOnlySpan<byte> text) => text[^1] == 'Z' || (text[^6] is (byte)'+' or (byte)'-' && text[^3] == ':');

    private static bool IsPlain(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Plain) < 0;
}
