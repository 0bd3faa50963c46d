using System.Security.Cryptography;
using System.Text;

namespace Worcr.SiloHost.Auth;

/// <summary>The one admin key of <c>WORCR_BOOTSTRAP_KEY</c>. Only its hash stays in memory here.</summary>
public sealed class BootstrapKeyRing : IKeyRing
{
    private const int MaxKeyLength = 1_024;
    private static readonly Principal Admin = new("bootstrap", Role.Admin, null);
    private readonly byte[] _hash;

    /// <summary>Creates a ring of one key.</summary>
    public BootstrapKeyRing(string key) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <inheritdoc />
    public Principal? Find(ReadOnlySpan<char> key)
    {
        if (key.Length > MaxKeyLength) return null;
        Span<byte> utf8 = stackalloc byte[MaxKeyLength * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(key, utf8)], hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash) ? Admin : null;
    }
}
