using System.Security.Cryptography;

namespace Worcr.SiloHost.Auth;

/// <summary>The admin key of <c>WORCR_BOOTSTRAP_KEY</c>, if there is one. Only its hash stays in memory here.</summary>
internal sealed class BootstrapKey(string? key)
{
    private const string Id = "bootstrap";
    private static readonly Principal Admin = new(Id, Role.Admin, null) { KeyId = Id };
    private readonly byte[]? _hash = key is null ? null : KeySecret.HashOf(key);

    /// <summary>Whether there is one.</summary>
    public bool Exists => _hash is not null;

    /// <summary>Whose key has this hash; null when it is another.</summary>
    public Principal? Find(ReadOnlySpan<byte> hash) => _hash is not null && CryptographicOperations.FixedTimeEquals(hash, _hash) ? Admin : null;

    /// <summary>Whether this is its id.</summary>
    public bool Is(string keyId) => Exists && keyId == Id;
}
