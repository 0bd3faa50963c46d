using System.Globalization;
using System.Text;

namespace Worcr.SiloHost.Commands.Bench.Http;

/// <summary>Prebuilt requests: jobs of one type over <see cref="Tenants"/> tenants.</summary>
public static class BenchRequests
{
    /// <summary>How many tenants the jobs are spread over.</summary>
    public const int Tenants = 100;

    /// <summary>The type of the jobs.</summary>
    public const string Type = "bench.noop";

    /// <summary>A request that enqueues <paramref name="count"/> jobs.</summary>
    /// <param name="server">The server.</param>
    /// <param name="first">Number of the first job; decides its tenant.</param>
    /// <param name="count">How many.</param>
    /// <param name="padding">Bytes of text in each job's arguments.</param>
    /// <param name="tenants">How many tenants the jobs are spread over.</param>
    /// <param name="tags">How many tags the jobs of each tenant are spread over; 0: they have none.</param>
    public static byte[] Enqueue(Uri server, int first, int count, int padding = 0, int tenants = Tenants, int tags = 0)
    {
        var body = new StringBuilder(count * (80 + padding));
        for (var i = 0; i < count; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"{Type}\",\"tenant\":\"t{(first + i) % tenants}\",");
            if (tags > 0) body.Append(CultureInfo.InvariantCulture, $"\"tags\":[\"k{(first + i) / tenants % tags}\"],");
            body.Append(CultureInfo.InvariantCulture, $"\"args\":{{\"i\":{first + i}");
            if (padding > 0) body.Append(",\"pad\":\"").Append(Text(first + i, padding)).Append('"');
            body.Append("}}\n");
        }

        return Post(server, "/v1/jobs", count == 1 ? "application/json" : "application/x-ndjson", body.ToString());
    }

    private static byte[] Post(Uri server, string path, string contentType, string body)
    {
        var length = Encoding.UTF8.GetByteCount(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n\r\n");
        return Encoding.UTF8.GetBytes(head + body);
    }

    /// <summary>Text that differs from job to job, so that no store can compress repetition.</summary>
    private static string Text(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..length];
    }
}
