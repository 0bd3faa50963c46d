using System.Buffers;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Ids: UUIDs in any of their textual forms.</summary>
internal static class WorkqId
{
    private const string Urn = "urn:uuid:";
    private const int ClientVersion = 4;
    private const int OwnVersion = 7;
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-{}");

    /// <summary>Reads any UUID: canonical, without dashes, in braces, as a URN; in capitals or not.</summary>
    public static bool TryRead(string text, out Guid id)
    {
        id = Guid.Empty;
        var bare = text.StartsWith(Urn, StringComparison.OrdinalIgnoreCase) && text.Length == Urn.Length + 36 ? text.AsSpan(Urn.Length) : text;
        if (bare.IndexOfAnyExcept(Characters) >= 0) return false;
        return Guid.TryParseExact(bare, bare.Length switch { 32 => "N", 38 => "B", _ => "D" }, out id);
    }

    /// <summary>Whether a client may give it to a new job: version 4, as the protocol demands.</summary>
    public static bool IsForNew(Guid id) => id.Version == ClientVersion && HasVariant(id);

    /// <summary>Whether a job can have it: also the version of the ids that jobs get which bring none.</summary>
    public static bool IsPossible(Guid id) => id.Version is ClientVersion or OwnVersion && HasVariant(id);

    private static bool HasVariant(Guid id) => (id.Variant & 0b1100) == 0b1000;
}
