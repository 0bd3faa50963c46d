using System.Security.Cryptography;
using System.Text;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// The job id of a jid: a jid that is a UUID as we write them is the id itself (so the ids of jobs of other clients are their jids); any other gets
/// a UUID version 8 (RFC 9562, section 5.8) of its SHA-256.
/// </summary>
internal static class FaktoryId
{
    /// <summary>The id of a jid.</summary>
    public static Guid Of(string jid)
    {
        if (Guid.TryParseExact(jid, "D", out var id) && id != Guid.Empty && id.ToString() == jid) return id;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(jid), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
