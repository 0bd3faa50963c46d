using System.Buffers;
using System.Globalization;
using System.Text;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Writes replies.</summary>
internal static class WorkqReplies
{
    private const int PartLength = 256;

    /// <summary>A line of a reply; the characters are ASCII.</summary>
    public static void Line(this IBufferWriter<byte> output, string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var part = rest[..Math.Min(rest.Length, PartLength)];
            output.Advance(Encoding.ASCII.GetBytes(part, output.GetSpan(part.Length)));
            rest = rest[part.Length..];
        }

        output.Write("\r\n"u8);
    }

    /// <summary>A key of a record.</summary>
    public static void Pair(this IBufferWriter<byte> output, string key, long value) =>
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{key} {value}"));

    /// <summary>Success with so many records.</summary>
    public static void Records(this IBufferWriter<byte> output, int count) => output.Pair("+OK", count);
}
