using System.Globalization;
using System.Text;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Writes replies.</summary>
internal static class FaktoryReplies
{
    private const int LongestText = 400;

    /// <summary>Success without data: the whole line.</summary>
    public static readonly ReadOnlyMemory<byte> Ok = "+OK\r\n"u8.ToArray();

    /// <summary>No data.</summary>
    public const string Nothing = "$-1";

    /// <summary>The line of an error.</summary>
    public static string Error(Exception error) => Error(error is FaktoryException known ? known.Code : "ERR", error.Message);

    /// <summary>The line of an error; what clients wrote may be part of its text.</summary>
    public static string Error(string code, string text)
    {
        var cut = text.Length > LongestText ? text[..LongestText] : text;
        return $"-{code} {string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c))}";
    }

    /// <summary>Sends a line.</summary>
    public static ValueTask<bool> SayAsync(this TcpConnection connection, string line) => connection.WriteAsync(Line(line));

    /// <summary>The bytes of a line.</summary>
    public static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\r\n");

    /// <summary>Sends data of any bytes.</summary>
    public static ValueTask<bool> SayAsync(this TcpConnection connection, ReadOnlySpan<byte> data)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${data.Length}\r\n"));
        var reply = new byte[head.Length + data.Length + 2];
        head.CopyTo(reply, 0);
        data.CopyTo(reply.AsSpan(head.Length));
        "\r\n"u8.CopyTo(reply.AsSpan(head.Length + data.Length));
        return connection.WriteAsync(reply);
    }
}
