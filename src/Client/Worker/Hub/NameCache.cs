using System.Text;

namespace Worcr.Client.Hub;

/// <summary>Remembers names that come again and again (types, tenants, tags), so that each is one string. Of fixed size; one thread.</summary>
internal sealed class NameCache
{
    private const int Places = 1_024;
    private readonly (byte[] Utf8, string Text)[] _places = new (byte[], string)[Places];

    /// <summary>The text of UTF-8 bytes without escapes.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        ref var place = ref _places[Hash(utf8) % Places];
        if (place.Utf8 is not null && utf8.SequenceEqual(place.Utf8)) return place.Text;
        place = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return place.Text;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2_166_136_261u;
        foreach (var b in bytes) hash = unchecked((hash ^ b) * 16_777_619u);
        return hash ^ (hash >> 16);
    }
}
