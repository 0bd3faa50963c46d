using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Worcr.ApiBench;

/// <summary>The cheapest honest HTTP/1.1 client: one connection, one request at a time, every answer read whole and checked.</summary>
internal static class RawClient
{
    /// <summary>Sends a body until the time is over; the number of answers.</summary>
    public static async Task<long> RepeatAsync(Uri address, byte[] body, TimeSpan time)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var head = string.Create(CultureInfo.InvariantCulture, $"POST /v1/jobs HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        byte[] request = [.. Encoding.ASCII.GetBytes(head), .. body];
        var buffer = new byte[256 * 1024];
        long done = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; done++)
        {
            for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request.AsMemory(sent));
            await ReadAsync(socket, buffer);
        }

        return done;
    }

    private static async Task ReadAsync(Socket socket, byte[] buffer)
    {
        var (length, total) = (0, int.MaxValue);
        while (length < total)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("the silo closed the connection");
            length += read;
            if (total == int.MaxValue) total = TotalOf(buffer.AsSpan(0, length));
        }
    }

    private static int TotalOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 201"u8)) throw new IOException(Encoding.ASCII.GetString(answer));
        var at = answer.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        var digits = answer[at..(at + answer[at..].IndexOf((byte)'\r'))];
        return end + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
