using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Worcr.SiloHost.Auth;

/// <summary>A key as its owner has it: 256 random bits behind a prefix by which scanners of leaked secrets can know it.</summary>
/// <param name="Text">The key.</param>
internal sealed record KeySecret(string Text)
{
    /// <summary>No key is longer.</summary>
    public const int MaxLength = 1_024;

    private const string Mark = "worcr_";
    private const int RandomBytes = 32;
    private const int IdBytes = 12;
    private const int ShownCharacters = 6;

    /// <summary>What may be shown of it.</summary>
    public string Prefix => Text[..(Mark.Length + ShownCharacters)];

    /// <summary>What is kept of it.</summary>
    public byte[] Hash => HashOf(Text);

    /// <summary>A new one.</summary>
    public static KeySecret Make() => new(Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>The hash of a key of at most <see cref="MaxLength"/> characters.</summary>
    public static byte[] HashOf(ReadOnlySpan<char> key)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength * 3];
        return SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
    }

    /// <summary>What tells a stored key from others: a part of its hash, which says nothing of 256 random bits.</summary>
    public static string IdOf(ReadOnlySpan<byte> hash) => Base64Url.EncodeToString(hash[..IdBytes]);

    /// <summary>Holds no secret.</summary>
    public override string ToString() => Prefix + "...";
}
