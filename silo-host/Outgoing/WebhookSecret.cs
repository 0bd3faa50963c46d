using System.Security.Cryptography;

namespace Worcr.SiloHost.Outgoing;

/// <summary>A shared secret as the Standard Webhooks specification writes it: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
internal static class WebhookSecret
{
    /// <summary>What is wrong with a text that has to be one.</summary>
    public const string Rule = "must be whsec_ and the base64 of 24 to 64 bytes";

    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;
    private const int NewBytes = 32;
    private const int DigestCharacters = 16;

    /// <summary>A new one, from the system's source of chance.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes));

    /// <summary>Whether a text is one.</summary>
    public static bool IsValid(string text) => Read(text) is { Length: >= MinBytes and <= MaxBytes };

    /// <summary>The bytes of one.</summary>
    public static byte[] BytesOf(string secret) => Read(secret) ?? throw new ArgumentException("This is no secret.", nameof(secret));

    /// <summary>Tells secrets apart without saying them.</summary>
    public static string DigestOf(string secret) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(BytesOf(secret)))[..DigestCharacters];

    private static byte[]? Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) ? bytes[..length] : null;
    }
}
