using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>The attributes of a CloudEvent in the binary mode of its HTTP binding: a header each, the body being the data.</summary>
internal static class CloudEventHeaders
{
    /// <summary>Adds them.</summary>
    public static void Add(HttpHeaders headers, PushMessage message)
    {
        Add(headers, "ce-specversion", "1.0");
        Add(headers, "ce-id", message.Id);
        Add(headers, "ce-source", message.Source);
        Add(headers, "ce-type", message.Job.Shape.Type);
        Add(headers, "ce-subject", message.Job.Id.ToString());
        Add(headers, "ce-time", message.SentAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static void Add(HttpHeaders headers, string name, string value) => headers.TryAddWithoutValidation(name, Encode(value));

    /// <summary>What a header cannot hold is written as percent and two hexadecimal digits for each of its UTF-8 bytes.</summary>
    internal static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var one in Encoding.UTF8.GetBytes(value))
        {
            if (one is > (byte)' ' and < 0x7F and not (byte)'"' and not (byte)'%') text.Append((char)one);
            else text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }

        return text.ToString();
    }
}
