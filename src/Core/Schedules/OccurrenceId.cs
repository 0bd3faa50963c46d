using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Worcr.Core.Schedules;

/// <summary>
/// The id of the job that a schedule enqueues for one of its times: a UUID of version 8 (RFC 9562, section 5.8) from SHA-256 over namespace, name and time. It
/// is the same whoever computes it and how often, so that there is one job for a time whatever crashes.
/// </summary>
public static class OccurrenceId
{
    /// <summary>The id.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The schedule's name.</param>
    /// <param name="at">The time it fires at, Unix milliseconds.</param>
    public static Guid Create(string ns, string name, long at)
    {
        var space = Encoding.UTF8.GetBytes(ns);
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[12 + space.Length + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(input, at);
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(8), space.Length);
        space.CopyTo(input, 12);
        text.CopyTo(input, 12 + space.Length);
        var id = SHA256.HashData(input).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
