using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Worcr.SiloHost.Outgoing;

/// <summary>Signs messages as the Standard Webhooks specification says: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
internal static class WebhookSignature
{
    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    /// <param name="secret">As in <see cref="WebhookSecret"/>.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="seconds">When it is sent, Unix seconds.</param>
    /// <param name="body">The body, byte for byte.</param>
    public static string Of(string secret, string id, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, WebhookSecret.BytesOf(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
