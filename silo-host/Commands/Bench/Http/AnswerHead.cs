using System.Buffers.Text;

namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>What frames an HTTP answer.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentLength">The body's length; 0 when it is chunked.</param>
/// <param name="IsChunked">Whether the body comes in chunks.</param>
public readonly record struct AnswerHead(int Status, long ContentLength, bool IsChunked)
{
    /// <summary>Reads the bytes up to and with the empty line.</summary>
    public static AnswerHead Parse(ReadOnlySpan<byte> head)
    {
        const int StatusAt = 9; // behind "HTTP/1.1 "
        if (head.Length < StatusAt + 3 || !Utf8Parser.TryParse(head.Slice(StatusAt, 3), out int status, out _))
            throw new InvalidDataException("Not an HTTP answer.");
        var length = Value(head, "\r\ncontent-length:"u8);
        if (length.IsEmpty) return new AnswerHead(status, 0, !Value(head, "\r\ntransfer-encoding:"u8).IsEmpty);
        return Utf8Parser.TryParse(length, out long bytes, out _) ? new AnswerHead(status, bytes, false) : throw new InvalidDataException("No length.");
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var at = 0; at + name.Length <= head.Length; at++)
        {
            if (head[at] != (byte)'\r' || !System.Text.Ascii.EqualsIgnoreCase(head.Slice(at, name.Length), name)) continue;
            var value = head[(at + name.Length)..];
            return value[..value.IndexOf((byte)'\r')].Trim((byte)' ');
        }

        return default;
    }
}
